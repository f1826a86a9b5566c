package kerf.kernel;

import java.util.ArrayList;
import java.util.List;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;

/**
 * A part of a cell that JShell takes as one snippet.
 *
 * @param source the text for JShell, with a semicolon where the cell left it out
 * @param firstLine the line of the cell, from 1, on which it begins
 * @param start the offset in the cell at which it begins
 * @param completeness whether it is whole; only the last piece of a cell may not be
 */
record Piece(String source, int firstLine, int start, Completeness completeness) {

  /** Cuts a cell; comments and white space before a snippet belong to none. */
  static List<Piece> cut(SourceCodeAnalysis analysis, String cell) {
    List<Piece> pieces = new ArrayList<>();
    int start = begin(cell, 0);
    while (start < cell.length()) {
      String rest = cell.substring(start);
      int line = 1 + (int) cell.substring(0, start).chars().filter(c -> c == '\n').count();
      CompletionInfo info = analysis.analyzeCompletion(rest);
      if (info.completeness() == Completeness.EMPTY) {
        break;
      }
      boolean whole = whole(info.completeness());
      pieces.add(new Piece(whole ? info.source() : rest, line, start, info.completeness()));
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
