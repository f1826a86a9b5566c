package kerf.table;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tech.tablesaw.api.NumberColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** A table as text for terminals: numbers to the right, words to the left, two spaces between. */
public final class TableText {
  private TableText() {}

  /**
   * Renders a table.
   *
   * @param table the table; its name becomes the first line
   * @return lines without a line feed at the end; of more than 60 rows, the first and the last 30
   *     and a note
   */
  public static String text(Table table) {
    Excerpt excerpt = new Excerpt(table.rowCount());
    List<Integer> rows = IntStream.concat(excerpt.head(), excerpt.tail()).boxed().toList();
    int[] widths = table.columns().stream().mapToInt(column -> width(column, rows)).toArray();
    StringBuilder text = new StringBuilder();
    if (table.name() != null && !table.name().isBlank()) {
      text.append(table.name()).append('\n');
    }
    text.append(line(table, widths, Column::name)).append('\n');
    text.append(IntStream.of(widths).mapToObj("─"::repeat).collect(Collectors.joining("  ")));
    excerpt.head().forEach(row -> text.append('\n').append(row(table, widths, row)));
    if (excerpt.cut()) {
      text.append("\n…");
    }
    excerpt.tail().forEach(row -> text.append('\n').append(row(table, widths, row)));
    if (excerpt.cut()) {
      text.append('\n').append(excerpt.note());
    }
    return text.toString();
  }

  private static int width(Column<?> column, List<Integer> rows) {
    return rows.stream()
        .mapToInt(row -> length(cell(column, row)))
        .reduce(length(column.name()), Math::max);
  }

  private static String row(Table table, int[] widths, int row) {
    return line(table, widths, column -> cell(column, row));
  }

  private static String line(Table table, int[] widths, Function<Column<?>, String> cell) {
    return IntStream.range(0, widths.length)
        .mapToObj(i -> pad(cell.apply(table.column(i)), widths[i], table.column(i)))
        .collect(Collectors.joining("  "))
        .stripTrailing();
  }

  private static String pad(String text, int width, Column<?> column) {
    String space = " ".repeat(width - length(text));
    return column instanceof NumberColumn ? space + text : text + space;
  }

  private static String cell(Column<?> column, int row) {
    String text = column.getString(row);
    return text == null ? "" : text.replaceAll("\\s+", " ");
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
