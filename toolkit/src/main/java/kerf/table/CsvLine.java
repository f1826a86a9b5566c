package kerf.table;

import java.util.ArrayList;
import java.util.List;

/**
 * One line of a CSV text.
 *
 * @param number the number, from 1, of the text line it starts on
 * @param cells its cells, quotes taken off
 */
record CsvLine(int number, List<String> cells) {

  /**
   * Takes a text apart.
   *
   * @param text the text
   * @param source its name, for the error
   * @return its lines
   */
  static List<CsvLine> parse(String text, String source) {
    List<CsvLine> lines = new ArrayList<>();
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    int number = 1;
    int start = 1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      number += c == '\n' ? 1 : 0;
      if (quoted) {
        if (c != '"') {
          cell.append(c);
        } else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
          cell.append(c);
          i++;
        } else {
          quoted = false;
        }
      } else if (c == '"') {
        quoted = true;
      } else if (c == ',') {
        cells.add(take(cell));
      } else if (c == '\n') {
        cells.add(take(cell));
        lines.add(new CsvLine(start, List.copyOf(cells)));
        cells.clear();
        start = number;
      } else if (c != '\r') {
        cell.append(c);
      }
    }
    if (quoted) {
      throw new IllegalArgumentException(
          source + ", line " + start + ": a quoted cell is never closed; the file may be cut off");
    }
    if (!cells.isEmpty() || !cell.isEmpty()) {
      cells.add(take(cell));
      lines.add(new CsvLine(start, List.copyOf(cells)));
    }
    return lines;
  }

  private static String take(StringBuilder cell) {
    String text = cell.toString();
    cell.setLength(0);
    return text;
  }
}
