package kerf.kernel;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jdk.jshell.EvalException;
import jdk.jshell.UnresolvedReferenceException;

/**
 * Tells an exception the way a reader of the notebook thinks: by cells and lines, the innermost
 * first, without the frames of JShell and the kernel.
 */
final class Traceback {
  private static final int FRAMES = 40;

  /** From here on, a repeated line is a recursion; how deep it was, the JVM does not say. */
  private static final int MANY = 10;

  /** JShell names the file of a snippet's frames after the snippet: {@code #12}. */
  private static final Pattern SNIPPET = Pattern.compile("#(.+)");

  private static final Pattern WRAPPER = Pattern.compile("REPL\\.\\$JShell\\$\\w+[.$]?");

  private static final List<String> HIDDEN =
      List.of(
          "java.lang.invoke.",
          "java.lang.reflect.",
          "jdk.internal.",
          "jdk.jshell.",
          "org.dflib.jjava.jupyter.kernel.");

  /**
   * What an interrupt makes of code that knows nothing of it: their messages say nothing either.
   */
  private static final Set<String> SILENT =
      Set.of("java.lang.InterruptedException", "java.lang.ThreadDeath");

  private final CellMap map;

  Traceback(CellMap map) {
    this.map = map;
  }

  Failure failure(Throwable thrown) {
    Throwable cause = unwrapped(thrown);
    List<String> lines = new ArrayList<>();
    Set<Throwable> told = Collections.newSetFromMap(new IdentityHashMap<>());
    Set<String> places = new HashSet<>();
    lines.add(title(cause));
    lines.addAll(frames(cause, places));
    for (Throwable next = cause.getCause(); next != null; next = next.getCause()) {
      if (!told.add(next)) {
        break;
      }
      lines.add("Caused by: " + title(next));
      lines.addAll(frames(next, places));
    }
    return new Failure(name(cause), message(cause), lines);
  }

  /**
   * The failure of a cell that the user interrupted, in one line: where it was, what is kept, and
   * how to go on.
   *
   * @param thrown what its code threw on that, null if it took no notice
   * @param cell what the cell is called
   */
  Failure interrupted(Throwable thrown, String cell) {
    Throwable cause = thrown == null ? null : unwrapped(thrown);
    String message = cell + " was interrupted" + where(cause, cell) + kept(cause);
    return new Failure("Interrupted", message, List.of(Ansi.error("Interrupted") + ": " + message));
  }

  private String where(Throwable cause, String cell) {
    if (cause == null) {
      return "";
    }
    return Stream.of(cause.getStackTrace())
        .flatMap(frame -> place(frame).stream())
        .findFirst()
        .map(
            place ->
                (place.name().equals(cell) ? " at line " + place.line() : " at " + place)
                    + " ("
                    + place.text()
                    + ")")
        .orElse("");
  }

  /** What the interrupted code says of it itself, such as how many trainings are saved. */
  private static String kept(Throwable cause) {
    String type = cause instanceof EvalException eval ? eval.getExceptionClassName() : "";
    String said = cause == null ? null : cause.getMessage();
    boolean silent =
        said == null
            || said.equals("interrupted")
            || SILENT.contains(type)
            || cause instanceof InterruptedException;
    return silent ? "; variables keep what they hold, run it again to go on" : "; " + said;
  }

  /** The failure of a magic: one line for what is wrong, one for where. */
  Failure magic(Throwable thrown, CellText.Place place) {
    Throwable cause = unwrapped(thrown);
    String message = cause.getMessage() == null ? name(cause) : cause.getMessage();
    String name = cause instanceof IllegalArgumentException ? "MagicError" : name(cause);
    return new Failure(
        name,
        message,
        List.of(Ansi.error(name) + ": " + message, "    at " + place + ": " + place.text()));
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
    if (thrown instanceof Failure failure) {
      return failure.name();
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
    return thrown.getMessage() == null ? null : WRAPPER.matcher(thrown.getMessage()).replaceAll("");
  }

  /** Each line of a cell once, however often the code came by it. */
  private List<String> frames(Throwable thrown, Set<String> places) {
    Map<String, Integer> lines = new LinkedHashMap<>();
    int upToCell = 0;
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
      boolean ofCell = SNIPPET.matcher(String.valueOf(frame.getFileName())).matches();
      String line = "    at " + told(frame);
      if (ofCell && !lines.containsKey(line) && !places.add(line)) {
        continue;
      }
      boolean news = lines.merge(line, 1, Integer::sum) == 1;
      if (ofCell && news) {
        upToCell = lines.size();
      }
    }
    // What calls the outermost line of a cell says nothing to its reader.
    int shown = Math.min(FRAMES, upToCell == 0 ? lines.size() : upToCell);
    List<String> told = new ArrayList<>();
    for (Map.Entry<String, Integer> line : lines.entrySet().stream().limit(shown).toList()) {
      told.add(line.getKey() + (line.getValue() < MANY ? "" : " (many times)"));
    }
    if (shown == FRAMES && lines.size() > FRAMES) {
      told.add("    ... " + (lines.size() - FRAMES) + " more");
    }
    return told;
  }

  private static boolean hidden(StackTraceElement frame) {
    return HIDDEN.stream().anyMatch(frame.getClassName()::startsWith);
  }

  private Optional<CellText.Place> place(StackTraceElement frame) {
    Matcher snippet = SNIPPET.matcher(String.valueOf(frame.getFileName()));
    return snippet.matches()
        ? map.place(snippet.group(1), frame.getLineNumber())
        : Optional.empty();
  }

  private String told(StackTraceElement frame) {
    if (SNIPPET.matcher(String.valueOf(frame.getFileName())).matches()) {
      String in = within(frame);
      return place(frame).map(place -> place + in + ": " + place.text()).orElse("a cell" + in);
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
    if (method.isEmpty() || method.startsWith("lambda$") || method.startsWith("do_it$")) {
      return "";
    }
    if (method.equals("<init>")) {
      return " in new " + type;
    }
    return " in " + (type.isEmpty() ? "" : type + ".") + method;
  }
}
