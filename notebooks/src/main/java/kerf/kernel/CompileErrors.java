package kerf.kernel;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;

/** What the compiler has against a cell: the message, the place, the line, and a caret under it. */
final class CompileErrors {
  private static final String NAME = "CompileError";

  private final JShell shell;

  CompileErrors(JShell shell) {
    this.shell = shell;
  }

  /** Of a snippet that JShell rejected. */
  Failure of(Snippet snippet, CellText cell, int firstLine) {
    List<Diag> errors = shell.diagnostics(snippet).filter(Diag::isError).toList();
    if (errors.isEmpty()) {
      return plain(cell, firstLine, "JShell rejects this snippet and gives no reason");
    }
    List<String> lines = new ArrayList<>();
    Set<String> hints = new LinkedHashSet<>();
    String first = null;
    for (Diag error : errors) {
      String[] message = error.getMessage(Locale.ENGLISH).split("\\R");
      String place = place(error, snippet.source(), cell, firstLine) + ": " + message[0].strip();
      first = first == null ? place : first;
      lines.add(Ansi.error(NAME + " at ") + place);
      List<String> excerpt = excerpt(error, snippet.source());
      lines.addAll(excerpt);
      MissingImports.wider(message[0], excerpt.get(0)).ifPresent(hints::add);
      for (int i = 1; i < message.length; i++) {
        if (message[i].strip().startsWith("symbol:")) {
          MissingImports.hint(message[i]).ifPresent(hints::add);
        }
        // The wrapper class that JShell made is no place a reader knows.
        if (!message[i].strip().startsWith("location:")) {
          lines.add(message[i]);
        }
      }
    }
    lines.addAll(hints);
    if (snippet.source().stripLeading().startsWith("!")) {
      lines.add("A cell runs Java, no shell: !command is for a terminal, or a Python kernel.");
    }
    return new Failure(NAME, first, lines);
  }

  /** Of the last piece of a cell, which is cut short or wrong in its syntax; nothing is run. */
  Failure syntax(Piece piece, CellText cell) {
    // JShell tells its reasons only on evaluation; it evaluates nothing that it cannot parse.
    for (SnippetEvent event : shell.eval(piece.source())) {
      if (event.status() == Snippet.Status.REJECTED) {
        return of(event.snippet(), cell, piece.firstLine());
      }
    }
    return plain(cell, piece.firstLine(), "the cell ends before this statement does");
  }

  /** Of a declaration that stands, but refers to names that no cell has declared. */
  Failure unresolved(Snippet snippet, CellMap map) {
    String missing =
        String.join(", ", shell.unresolvedDependencies((DeclarationSnippet) snippet).toList());
    String message =
        map.place(snippet.id(), 1).map(place -> place + ": ").orElse("")
            + "refers to "
            + (missing.isEmpty() ? "a name" : missing)
            + ", which no cell has declared";
    List<String> lines = new ArrayList<>(List.of(Ansi.error(NAME + " at ") + message));
    for (Diag error : shell.diagnostics(snippet).filter(Diag::isError).toList()) {
      lines.addAll(excerpt(error, snippet.source()));
    }
    shell
        .unresolvedDependencies((DeclarationSnippet) snippet)
        .flatMap(name -> MissingImports.hint(name).stream())
        .distinct()
        .forEach(lines::add);
    return new Failure(NAME, message, lines);
  }

  private static Failure plain(CellText cell, int line, String what) {
    String message = cell.name() + ", line " + line + ": " + what;
    return new Failure(NAME, message, List.of(Ansi.error(NAME + " at ") + message));
  }

  private static String place(Diag error, String source, CellText cell, int firstLine) {
    String before = source.substring(0, position(error, source));
    int line = firstLine + (int) before.chars().filter(c -> c == '\n').count();
    return cell.name() + ", line " + line;
  }

  /** The source line of the error, and under it carets for as much of it as the error spans. */
  private static List<String> excerpt(Diag error, String source) {
    int position = position(error, source);
    int start = source.lastIndexOf('\n', position - 1) + 1;
    int end = source.indexOf('\n', position);
    String line = source.substring(start, end < 0 ? source.length() : end);
    int from = (int) Math.max(start, Math.min(error.getStartPosition(), position)) - start;
    int to = (int) Math.min(start + line.length(), error.getEndPosition()) - start;
    if (error.getStartPosition() < 0 || error.getEndPosition() < 0) {
      from = position - start;
      to = from + 1;
    }
    String indent = line.substring(0, Math.min(from, line.length())).replaceAll("[^\t]", " ");
    return List.of("    " + line, "    " + indent + "^".repeat(Math.max(1, to - from)));
  }

  private static int position(Diag error, String source) {
    return (int) Math.max(0, Math.min(error.getPosition(), source.length()));
  }
}
