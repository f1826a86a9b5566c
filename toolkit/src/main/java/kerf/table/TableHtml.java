package kerf.table;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tech.tablesaw.api.NumberColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * A table as HTML that looks at home in a light and in a dark notebook: it names no colour but a
 * translucent grey, needs no style sheet, and aligns numbers to the right.
 */
public final class TableHtml {
  private static final String RULE = "border-bottom:1px solid rgba(128,128,128,0.6)";
  private static final String ZEBRA = "background-color:rgba(128,128,128,0.1)";

  /** As many as a laptop's screen is wide enough for. */
  private static final int MOST_COLUMNS = 9;

  private TableHtml() {}

  /**
   * Renders a table.
   *
   * @param table the table; its name becomes the caption
   * @return a {@code table} element; of more than 60 rows, the first and the last 30 and a note; of
   *     more than 9 columns, the first 9, and the others to be unfolded, each time beside the first
   */
  public static String html(Table table) {
    List<Column<?>> columns = table.columns();
    if (columns.size() <= MOST_COLUMNS) {
      return part(table);
    }
    StringBuilder html = new StringBuilder(part(select(table, columns.subList(0, MOST_COLUMNS))));
    html.append("\n<details><summary>")
        .append(columns.size() - MOST_COLUMNS)
        .append(" more columns</summary>");
    for (int from = MOST_COLUMNS; from < columns.size(); from += MOST_COLUMNS - 1) {
      List<Column<?>> further = new ArrayList<>(columns.subList(0, 1));
      further.addAll(columns.subList(from, Math.min(from + MOST_COLUMNS - 1, columns.size())));
      html.append(part(select(table, further).setName("")));
    }
    return html.append("</details>").toString();
  }

  private static Table select(Table table, List<Column<?>> columns) {
    return Table.create(table.name(), columns.toArray(Column<?>[]::new));
  }

  private static String part(Table table) {
    StringBuilder html = new StringBuilder("<table style=\"border-collapse:collapse\">\n");
    if (table.name() != null && !table.name().isBlank()) {
      html.append("<caption style=\"text-align:left;font-weight:bold\">")
          .append(escape(table.name()))
          .append("</caption>\n");
    }
    html.append("<thead><tr>");
    for (Column<?> column : table.columns()) {
      html.append("<th style=\"").append(heading(column)).append(';').append(RULE).append("\">");
      html.append(escape(column.name())).append("</th>");
    }
    html.append("</tr></thead>\n<tbody>\n");
    Excerpt excerpt = new Excerpt(table.rowCount());
    excerpt.head().forEach(row -> html.append(row(table, row)));
    if (excerpt.cut()) {
      html.append(
          "<tr><td colspan=\"%d\" style=\"text-align:center\">…</td></tr>\n"
              .formatted(table.columnCount()));
    }
    excerpt.tail().forEach(row -> html.append(row(table, row)));
    html.append("</tbody>\n</table>");
    if (excerpt.cut()) {
      html.append("\n<p>").append(excerpt.note()).append("</p>");
    }
    return html.toString();
  }

  private static String row(Table table, int row) {
    String cells =
        table.columns().stream()
            .map(
                column ->
                    "<td style=\"%s\">%s</td>"
                        .formatted(align(column), escape(column.getString(row))))
            .collect(Collectors.joining());
    return row % 2 == 0
        ? "<tr>%s</tr>\n".formatted(cells)
        : "<tr style=\"%s\">%s</tr>\n".formatted(ZEBRA, cells);
  }

  /** Unlike numbers, their headings may break, or a table of many columns would be too wide. */
  private static String heading(Column<?> column) {
    return column instanceof NumberColumn
        ? "text-align:right;vertical-align:bottom;white-space:normal"
        : "text-align:left;vertical-align:bottom";
  }

  private static String align(Column<?> column) {
    return column instanceof NumberColumn
        ? "text-align:right;white-space:nowrap"
        : "text-align:left";
  }

  private static String escape(String text) {
    return text == null
        ? ""
        : text.replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace("\"", "&quot;")
            .replace("'", "&#39;")
            .replace("\n", "<br>");
  }
}
