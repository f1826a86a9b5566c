package kerf.kernel;

import java.util.ArrayDeque;
import java.util.Deque;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.SubKind;

/**
 * The variables {@code $1}, {@code $2}, ... that JShell makes of expressions. Each is imported by
 * every later snippet, which makes a long session slow, and keeps its value alive; so only the
 * latest are kept.
 */
final class UnnamedResults {
  private static final int KEPT = 10;

  private final JShell shell;
  private final Deque<Snippet> latest = new ArrayDeque<>();

  UnnamedResults(JShell shell) {
    this.shell = shell;
  }

  void evaluated(Snippet snippet) {
    if (snippet.subKind() == SubKind.TEMP_VAR_EXPRESSION_SUBKIND) {
      latest.addLast(snippet);
    }
    if (latest.size() > KEPT) {
      shell.drop(latest.removeFirst());
    }
  }
}
