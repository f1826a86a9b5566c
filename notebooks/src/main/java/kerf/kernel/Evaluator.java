package kerf.kernel;

import java.util.ArrayList;
import java.util.List;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.SnippetEvent;

/**
 * Evaluates cells in one JShell.
 *
 * <p>A cell is cut, and looked through for syntax errors, before any of it runs: half a cell is
 * never executed for want of a brace.
 */
final class Evaluator {
  private final JShell shell;
  private final CellRunner runner;
  private final CellMap map = new CellMap();
  private final Traceback traceback = new Traceback(map);
  private final CompileErrors compileErrors;

  Evaluator(JShell shell, CellRunner runner) {
    this.shell = shell;
    this.runner = runner;
    this.compileErrors = new CompileErrors(shell);
  }

  /**
   * The value of the cell's last expression; null when it ends in something else.
   *
   * @param code the cell as it was typed, as tracebacks show it
   * @param java the same with its magics turned into Java, line for line
   * @param cell the number that tracebacks call the cell by
   */
  Object evaluate(String code, String java, int cell) throws Failure {
    List<Piece> pieces = Piece.cut(shell.sourceCodeAnalysis(), java);
    if (!pieces.isEmpty() && !pieces.get(pieces.size() - 1).complete()) {
      throw compileErrors.syntax(pieces.get(pieces.size() - 1), cell);
    }
    List<Snippet> declared = new ArrayList<>();
    Object value = null;
    for (Piece piece : pieces) {
      if (runner.interrupted()) {
        throw traceback.interrupted(null, cell);
      }
      value = evaluate(piece, code, cell, declared);
    }
    for (Snippet snippet : declared) {
      Status status = shell.status(snippet);
      if (status == Status.RECOVERABLE_DEFINED || status == Status.RECOVERABLE_NOT_DEFINED) {
        throw compileErrors.unresolved(snippet, map);
      }
    }
    return value;
  }

  private Object evaluate(Piece piece, String code, int cell, List<Snippet> declared)
      throws Failure {
    Object value = null;
    Failure failure = null;
    for (SnippetEvent event : shell.eval(piece.source())) {
      Object result = event.value() == null ? null : runner.claim(event.value());
      Snippet snippet = event.snippet();
      if (event.causeSnippet() != null) {
        continue;
      }
      map.add(snippet.id(), cell, piece.firstLine(), code);
      if (event.status() == Status.REJECTED) {
        failure = compileErrors.of(snippet, cell, piece.firstLine());
      } else if (event.exception() != null) {
        failure = failure(event.exception(), cell);
      } else {
        declared.add(snippet);
        value = shown(snippet) ? result : null;
      }
    }
    if (failure != null) {
      throw failure;
    }
    if (runner.interrupted()) {
      throw traceback.interrupted(null, cell);
    }
    return value;
  }

  /** A failure of a cell whose error did not come through JShell, such as one of a renderer. */
  Failure failure(Throwable thrown, int cell) {
    return runner.interrupted() ? traceback.interrupted(thrown, cell) : traceback.failure(thrown);
  }

  private Failure failure(JShellException thrown, int cell) {
    return failure((Throwable) thrown, cell);
  }

  private static boolean shown(Snippet snippet) {
    return switch (snippet.subKind()) {
      case VAR_VALUE_SUBKIND, OTHER_EXPRESSION_SUBKIND, TEMP_VAR_EXPRESSION_SUBKIND -> true;
      default -> false;
    };
  }
}
