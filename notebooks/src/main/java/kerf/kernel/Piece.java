package kerf.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import org.dflib.jjava.jupyter.kernel.magic.MagicParser;
import org.dflib.jjava.jupyter.kernel.magic.MagicTranspiler;

/**
 * A part of a cell: what JShell takes as one snippet, or a magic.
 *
 * @param source the text for JShell, with a semicolon where the cell left it out
 * @param firstLine the line of the cell, from 1, on which it begins
 * @param start the offset in the cell at which it begins
 * @param completeness whether it is whole; only the last piece of a cell may not be
 * @param magic the magic, null for Java; then the source is empty
 */
record Piece(String source, int firstLine, int start, Completeness completeness, Magic magic) {
  /** What stock JJava allows besides: {@code var path = %jars x.jar}, of which no Java is like. */
  private static final Pattern ASSIGNED =
      Pattern.compile("[\\w.<>,\\[\\] ]+=[ \\t]*%(?=\\w)[^\\n]*");

  private static final MagicParser PARSER =
      new MagicParser("(?<=(?:^|=))\\s*%", "%%", new MagicTranspiler());

  /** Cuts a cell; comments and white space before a snippet belong to none. */
  static List<Piece> cut(SourceCodeAnalysis analysis, String cell) {
    List<Piece> pieces = new ArrayList<>();
    int start = begin(cell, 0);
    while (start < cell.length()) {
      Magic magic = Magic.at(cell, start);
      int line = 1 + (int) cell.substring(0, start).chars().filter(c -> c == '\n').count();
      if (magic != null) {
        pieces.add(new Piece("", line, start, Completeness.COMPLETE, magic));
        start = begin(cell, magic.end());
        continue;
      }
      Matcher assigned = ASSIGNED.matcher(cell).region(start, cell.length());
      if (assigned.lookingAt()) {
        String java = PARSER.resolveMagics(assigned.group());
        pieces.add(new Piece(java, line, start, Completeness.COMPLETE, null));
        start = begin(cell, assigned.end());
        continue;
      }
      String rest = cell.substring(start);
      CompletionInfo info = analysis.analyzeCompletion(rest);
      if (info.completeness() == Completeness.EMPTY) {
        break;
      }
      boolean whole = whole(info.completeness());
      pieces.add(new Piece(whole ? info.source() : rest, line, start, info.completeness(), null));
      if (!whole) {
        break;
      }
      start = begin(cell, cell.length() - info.remaining().length());
    }
    return pieces;
  }

  /** The first offset, from one on, that is neither white space nor comment. */
  private static int begin(String cell, int from) {
    int at = from;
    while (at < cell.length()) {
      if (Character.isWhitespace(cell.charAt(at))) {
        at++;
      } else if (cell.startsWith("//", at)) {
        int end = cell.indexOf('\n', at);
        at = end < 0 ? cell.length() : end;
      } else if (cell.startsWith("/*", at) && cell.indexOf("*/", at + 2) >= 0) {
        at = cell.indexOf("*/", at + 2) + 2;
      } else {
        return at;
      }
    }
    return at;
  }

  /** JShell calls what it cannot parse UNKNOWN, and counts it as complete. */
  private static boolean whole(Completeness completeness) {
    return completeness.isComplete() && completeness != Completeness.UNKNOWN;
  }

  boolean complete() {
    return whole(completeness);
  }
}
