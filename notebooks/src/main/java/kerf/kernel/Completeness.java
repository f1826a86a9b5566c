package kerf.kernel;

import com.google.gson.JsonObject;
import java.util.List;
import jdk.jshell.SourceCodeAnalysis;

/** Whether a console should run what was typed, or wait for more. */
final class Completeness {
  private static final String INDENT = "    ";

  private Completeness() {}

  /** {@code complete}, {@code invalid}, or the indent of the line to come. */
  static JsonObject reply(SourceCodeAnalysis analysis, String code) {
    JsonObject reply = new JsonObject();
    List<Piece> pieces = Piece.cut(analysis, code);
    Piece last = pieces.isEmpty() ? null : pieces.get(pieces.size() - 1);
    if (last == null || last.complete()) {
      reply.addProperty("status", "complete");
    } else if (last.completeness() == SourceCodeAnalysis.Completeness.UNKNOWN) {
      reply.addProperty("status", "invalid");
    } else {
      reply.addProperty("status", "incomplete");
      reply.addProperty("indent", indent(code));
    }
    return reply;
  }

  /** As the last line is indented, and a step further behind an opened bracket. */
  static String indent(String code) {
    String line = code.substring(code.lastIndexOf('\n', code.stripTrailing().length()) + 1);
    String before = line.substring(0, line.length() - line.stripLeading().length());
    long opened = line.chars().filter(c -> c == '{' || c == '(').count();
    long closed = line.chars().filter(c -> c == '}' || c == ')').count();
    return opened > closed ? before + INDENT : before;
  }
}
