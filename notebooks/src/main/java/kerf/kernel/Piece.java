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

  /** Cuts a cell; comments and white space after the last snippet make no piece. */
  static List<Piece> cut(SourceCodeAnalysis analysis, String cell) {
    List<Piece> pieces = new ArrayList<>();
    String rest = cell;
    while (!rest.isBlank()) {
      int start = cell.length() - rest.length();
      int line = 1 + (int) cell.substring(0, start).chars().filter(c -> c == '\n').count();
      CompletionInfo info = analysis.analyzeCompletion(rest);
      if (info.completeness() == Completeness.EMPTY) {
        break;
      }
      if (!info.completeness().isComplete()) {
        pieces.add(new Piece(rest, line, start, info.completeness()));
        break;
      }
      pieces.add(new Piece(info.source(), line, start, info.completeness()));
      rest = info.remaining();
    }
    return pieces;
  }

  boolean complete() {
    return completeness.isComplete();
  }
}
