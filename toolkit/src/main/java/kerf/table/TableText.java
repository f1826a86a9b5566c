package kerf.table;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tech.tablesaw.api.NumberColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * A table as text for terminals: numbers to the right, words to the left, two spaces between. Where
 * it would be wider than 120 characters, headings break at spaces.
 */
public final class TableText {
  private static final int WIDE = 120;

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
    int[] unbroken = widths(table, rows, TableText::length);
    boolean wide = IntStream.of(unbroken).sum() + 2 * (unbroken.length - 1) > WIDE;
    int[] widths = wide ? widths(table, rows, TableText::longestWord) : unbroken;
    StringBuilder text = new StringBuilder();
    if (table.name() != null && !table.name().isBlank()) {
      text.append(table.name()).append('\n');
    }
    headings(table, widths).forEach(line -> text.append(line).append('\n'));
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

  private static int[] widths(Table table, List<Integer> rows, ToIntFunction<String> heading) {
    return table.columns().stream()
        .mapToInt(
            column ->
                rows.stream()
                    .mapToInt(row -> length(cell(column, row)))
                    .reduce(heading.applyAsInt(column.name()), Math::max))
        .toArray();
  }

  private static int longestWord(String text) {
    return Stream.of(text.split(" ")).mapToInt(TableText::length).max().orElse(0);
  }

  /** The lines of the headings, which stand on the rule: shorter ones begin lower. */
  private static List<String> headings(Table table, int[] widths) {
    List<List<String>> broken =
        IntStream.range(0, widths.length)
            .mapToObj(i -> broken(table.column(i).name(), widths[i]))
            .toList();
    int height = broken.stream().mapToInt(List::size).max().orElse(1);
    return IntStream.range(0, height)
        .mapToObj(
            line ->
                line(
                    table,
                    widths,
                    column -> {
                      List<String> own = broken.get(table.columnIndex(column));
                      int at = line - height + own.size();
                      return at < 0 ? "" : own.get(at);
                    }))
        .toList();
  }

  private static List<String> broken(String heading, int width) {
    List<String> lines = new ArrayList<>();
    for (String word : heading.split(" ")) {
      int last = lines.size() - 1;
      if (last >= 0 && length(lines.get(last)) + 1 + length(word) <= width) {
        lines.set(last, lines.get(last) + " " + word);
      } else {
        lines.add(word);
      }
    }
    return lines;
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
