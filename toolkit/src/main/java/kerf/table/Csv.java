package kerf.table;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import kerf.storage.UnreadableFileException;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * Tables as CSV (RFC 4180: comma, quotes doubled inside quotes; UTF-8; lines end with a line feed),
 * without loss: a number is written with the digits that give the same number back, whatever format
 * the table prints it in, and a missing value as an empty cell.
 *
 * <pre>{@code
 * Csv.write(Rows.table("levels", Level.class, rows), Path.of("levels.csv"));
 * List<Level> same = Csv.read(Path.of("levels.csv"), Level.class);
 * }</pre>
 */
public final class Csv {
  private Csv() {}

  /**
   * Writes a table to a file, at once and whole: a reader finds the old file or the new one. Beside
   * it comes {@code FILE.sha256}, by which {@link #read} and {@code sha256sum --check} tell whether
   * it is still as it was saved.
   *
   * @param table the table
   * @param file the file, replaced if it is there; its folder is made if it is not
   * @throws UncheckedIOException if the file cannot be written
   */
  public static void write(Table table, Path file) {
    CsvFile.write(file, text(table));
  }

  /**
   * Reads records from a file that {@link #write} wrote.
   *
   * @param <R> the record type
   * @param file the file
   * @param type the record type whose columns the file has, in its order
   * @return a record for each line after the header
   * @throws kerf.storage.UnreadableFileException if there is no such file, it was changed since, is
   *     no text, has other columns, or a cell holds no such value; the message names file, line and
   *     column
   * @throws UncheckedIOException if the disk refuses
   */
  public static <R extends Record> List<R> read(Path file, Class<R> type) {
    String text = CsvFile.read(file);
    try {
      return records(text, type, file.toString());
    } catch (IllegalArgumentException e) {
      throw UnreadableFileException.because(
          e.getMessage(), "correct it there, or save the table again");
    }
  }

  /**
   * Writes a table as text.
   *
   * @param table the table
   * @return a header line with the columns' titles and a line for each row
   */
  public static String text(Table table) {
    StringBuilder text = new StringBuilder();
    text.append(line(table.columnNames()));
    for (int row = 0; row < table.rowCount(); row++) {
      List<String> cells = new ArrayList<>();
      for (Column<?> column : table.columns()) {
        cells.add(Kind.exact(column, row));
      }
      text.append(line(cells));
    }
    return text.toString();
  }

  /**
   * Reads records from text that {@link #text} wrote.
   *
   * @param <R> the record type
   * @param text the text
   * @param type the record type whose columns the text has, in its order
   * @param source the text's name, which opens an error
   * @return a record for each line after the header
   * @throws IllegalArgumentException if the text has other columns, or a cell holds no such value
   */
  public static <R extends Record> List<R> records(String text, Class<R> type, String source) {
    List<Field> fields = Field.of(type);
    List<String> titles = fields.stream().map(Field::title).toList();
    List<CsvLine> lines = CsvLine.parse(text, source);
    List<String> header = lines.isEmpty() ? List.of() : lines.get(0).cells();
    if (!header.equals(titles)) {
      throw new IllegalArgumentException(
          "%s: expected the columns %s, found %s"
              .formatted(
                  source,
                  String.join(", ", titles),
                  header.isEmpty() ? "nothing" : String.join(", ", header)));
    }
    List<R> records = new ArrayList<>();
    for (CsvLine line : lines.subList(1, lines.size())) {
      String where = source + ", line " + line.number();
      if (line.cells().size() != fields.size()) {
        throw new IllegalArgumentException(
            "%s: expected %d cells, found %d".formatted(where, fields.size(), line.cells().size()));
      }
      records.add(Rows.record(type, fields, line.cells(), where));
    }
    return records;
  }

  private static String line(List<String> cells) {
    return cells.stream().map(Csv::quoted).collect(Collectors.joining(",", "", "\n"));
  }

  private static String quoted(String cell) {
    boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }
}
