package kerf.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Kind;
import jdk.jshell.Snippet.Status;
import jdk.jshell.SnippetEvent;
import jdk.jshell.VarSnippet;

/**
 * Evaluates cells in one JShell.
 *
 * <p>A cell is cut, and looked through for syntax errors, before any of it runs: half a cell is
 * never executed for want of a brace.
 */
final class Evaluator {
  /** Runs what is no Java. */
  interface Magician {
    Object perform(Magic magic, CellText text, int line) throws Exception;
  }

  private final JShell shell;
  private final CellRunner runner;
  private final Magician magician;
  private final CellMap map = new CellMap();
  private final Traceback traceback = new Traceback(map);
  private final CompileErrors compileErrors;
  private final UnnamedResults unnamed;

  Evaluator(JShell shell, CellRunner runner, Magician magician) {
    this.shell = shell;
    this.runner = runner;
    this.magician = magician;
    this.compileErrors = new CompileErrors(shell);
    this.unnamed = new UnnamedResults(shell);
  }

  /** The value of the text's last expression; null when it ends in something else. */
  Object evaluate(CellText text) throws Failure {
    List<Piece> pieces = Piece.cut(shell.sourceCodeAnalysis(), text.code());
    if (!pieces.isEmpty() && !pieces.get(pieces.size() - 1).complete()) {
      throw compileErrors.syntax(pieces.get(pieces.size() - 1), text);
    }
    List<Snippet> declared = new ArrayList<>();
    Object value = null;
    for (Piece piece : pieces) {
      if (runner.interrupted()) {
        throw traceback.interrupted(null, text.name());
      }
      value = piece.magic() == null ? evaluate(piece, text, declared) : perform(piece, text);
    }
    for (Snippet snippet : declared) {
      Status status = shell.status(snippet);
      if (status == Status.RECOVERABLE_DEFINED || status == Status.RECOVERABLE_NOT_DEFINED) {
        throw compileErrors.unresolved(snippet, map);
      }
    }
    return value;
  }

  private Object perform(Piece piece, CellText text) throws Failure {
    try {
      return magician.perform(piece.magic(), text, piece.firstLine());
    } catch (Failure e) {
      throw e;
    } catch (Exception | LinkageError e) {
      if (runner.interrupted()) {
        throw traceback.interrupted(e, text.name());
      }
      throw traceback.magic(e, text.place(piece.firstLine()));
    }
  }

  private Object evaluate(Piece piece, CellText text, List<Snippet> declared) throws Failure {
    Object value = null;
    Failure failure = null;
    Set<String> reset = new TreeSet<>();
    for (SnippetEvent event : shell.eval(piece.source())) {
      Object result = event.value() == null ? null : runner.claim(event.value());
      Snippet snippet = event.snippet();
      if (event.causeSnippet() != null) {
        if (snippet instanceof VarSnippet variable
            && event.causeSnippet().kind() == Kind.TYPE_DECL
            && event.previousStatus() == Status.VALID) {
          reset.add(variable.name());
        }
        continue;
      }
      map.add(snippet.id(), text, piece.firstLine());
      if (event.status() == Status.REJECTED) {
        failure = compileErrors.of(snippet, text, piece.firstLine());
      } else if (event.exception() != null) {
        failure = failure(event.exception(), text.name());
      } else {
        declared.add(snippet);
        value = shown(snippet) ? result : null;
      }
      unnamed.evaluated(snippet);
    }
    tell(reset);
    if (failure != null) {
      throw failure;
    }
    if (runner.interrupted()) {
      throw traceback.interrupted(null, text.name());
    }
    return value;
  }

  /** A type declared anew is another type: variables of the old one cannot keep their values. */
  private void tell(Set<String> reset) {
    reset.removeIf(name -> name.startsWith("$"));
    if (!reset.isEmpty()) {
      System.out.println(
          "The type was declared anew; variables of it start again from null or 0: "
              + String.join(", ", reset));
    }
  }

  /** A failure of a cell whose error did not come through JShell, such as one of a renderer. */
  Failure failure(Throwable thrown, String cell) {
    return runner.interrupted() ? traceback.interrupted(thrown, cell) : traceback.failure(thrown);
  }

  private Failure failure(JShellException thrown, String cell) {
    return failure((Throwable) thrown, cell);
  }

  private static boolean shown(Snippet snippet) {
    return switch (snippet.subKind()) {
      case VAR_VALUE_SUBKIND, OTHER_EXPRESSION_SUBKIND, TEMP_VAR_EXPRESSION_SUBKIND -> true;
      default -> false;
    };
  }
}
