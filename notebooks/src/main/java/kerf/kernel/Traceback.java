package kerf.kernel;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.EvalException;
import jdk.jshell.UnresolvedReferenceException;

/**
 * Tells an exception the way a reader of the notebook thinks: by cells and lines, the innermost
 * first, without the frames of JShell and the kernel.
 */
final class Traceback {
  private static final int FRAMES = 40;

  /** JShell names the file of a snippet's frames after the snippet: {@code #12}. */
  private static final Pattern SNIPPET = Pattern.compile("#(.+)");

  private static final Pattern WRAPPER = Pattern.compile("REPL\\.\\$JShell\\$\\w+[.$]?");

  private final CellMap map;

  Traceback(CellMap map) {
    this.map = map;
  }

  Failure failure(Throwable thrown) {
    Throwable cause = unwrapped(thrown);
    List<String> lines = new ArrayList<>();
    Set<Throwable> told = Collections.newSetFromMap(new IdentityHashMap<>());
    lines.add(title(cause));
    lines.addAll(frames(cause));
    for (Throwable next = cause.getCause(); next != null; next = next.getCause()) {
      if (!told.add(next)) {
        break;
      }
      lines.add("Caused by: " + title(next));
      lines.addAll(frames(next));
    }
    return new Failure(name(cause), message(cause), lines);
  }

  /**
   * The failure of a cell that the user interrupted.
   *
   * @param thrown what its code threw on that, null if it took no notice
   */
  Failure interrupted(Throwable thrown, int cell) {
    List<String> lines = new ArrayList<>();
    Throwable cause = thrown == null ? null : unwrapped(thrown);
    List<String> frames = cause == null ? List.of() : frames(cause);
    String detail =
        cause instanceof EvalException eval
                && eval.getExceptionClassName().equals(CellInterrupted.class.getName())
                && !"interrupted".equals(eval.getMessage())
            ? ": " + eval.getMessage()
            : "";
    String message = "cell " + cell + " was interrupted" + detail;
    lines.add(Ansi.error("Interrupted") + ": " + message);
    lines.addAll(frames);
    return new Failure("Interrupted", message, lines);
  }

  private static Throwable unwrapped(Throwable thrown) {
    Throwable cause = thrown;
    while (cause instanceof java.lang.reflect.InvocationTargetException
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  private String title(Throwable thrown) {
    String message = message(thrown);
    return Ansi.error(name(thrown)) + (message == null ? "" : ": " + message);
  }

  private static String name(Throwable thrown) {
    if (thrown instanceof UnresolvedReferenceException) {
      return "UnresolvedReference";
    }
    String name =
        thrown instanceof EvalException eval
            ? eval.getExceptionClassName()
            : thrown.getClass().getName();
    name = WRAPPER.matcher(name).replaceFirst("");
    return name.startsWith("java.lang.") ? name.substring(name.lastIndexOf('.') + 1) : name;
  }

  private static String message(Throwable thrown) {
    if (thrown instanceof UnresolvedReferenceException unresolved) {
      return "called "
          + unresolved.getSnippet().source().lines().findFirst().orElse("").strip()
          + " which refers to names that no cell has declared";
    }
    return thrown.getMessage();
  }

  private List<String> frames(Throwable thrown) {
    List<String> lines = new ArrayList<>();
    for (StackTraceElement frame : thrown.getStackTrace()) {
      if (frame.getClassName().startsWith("kerf.kernel.")) {
        if (lines.isEmpty()) {
          continue;
        }
        break;
      }
      if (hidden(frame)) {
        continue;
      }
      if (lines.size() == FRAMES) {
        lines.add("    ... " + (thrown.getStackTrace().length - FRAMES) + " more");
        break;
      }
      lines.add("    at " + told(frame));
    }
    return lines;
  }

  private static boolean hidden(StackTraceElement frame) {
    return frame.getClassName().startsWith("jdk.internal.reflect.")
        || frame.getClassName().startsWith("java.lang.reflect.")
        || frame.getClassName().startsWith("org.dflib.jjava.jupyter.kernel.");
  }

  private String told(StackTraceElement frame) {
    Matcher snippet = SNIPPET.matcher(String.valueOf(frame.getFileName()));
    if (snippet.matches()) {
      String in = within(frame);
      return map.place(snippet.group(1), frame.getLineNumber())
          .map(place -> place + in + ": " + place.text())
          .orElse("a cell" + in);
    }
    String where =
        frame.getFileName() == null
            ? ""
            : " ("
                + frame.getFileName()
                + (frame.getLineNumber() > 0 ? ":" + frame.getLineNumber() : "")
                + ")";
    String type = WRAPPER.matcher(frame.getClassName()).replaceFirst("");
    return (type.isEmpty() ? "" : type + ".") + frame.getMethodName() + where;
  }

  /** The method of a cell that a frame is in; nothing for a cell's own statements and lambdas. */
  private static String within(StackTraceElement frame) {
    String type = WRAPPER.matcher(frame.getClassName()).replaceFirst("").replace('$', '.');
    String method = WRAPPER.matcher(frame.getMethodName()).replaceFirst("");
    if (method.isEmpty() || method.startsWith("lambda$")) {
      return "";
    }
    if (method.equals("<init>")) {
      return " in new " + type;
    }
    return " in " + (type.isEmpty() ? "" : type + ".") + method;
  }
}
