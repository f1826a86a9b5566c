package kerf.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class TableHtmlTest {
  record Row(String name, @Grouped int count) {}

  private static List<Row> rows(int n) {
    return IntStream.range(0, n).mapToObj(i -> new Row("r" + i, i * 1000)).toList();
  }

  @Test
  void everythingIsEscaped() {
    Row row = new Row("<b>\"a\" & 'b'</b>", 1);
    String html = TableHtml.html(Rows.table("a < b", Row.class, List.of(row)));
    assertThat(html)
        .contains(">a &lt; b</caption>")
        .contains(">&lt;b&gt;&quot;a&quot; &amp; &#39;b&#39;&lt;/b&gt;</td>")
        .doesNotContain("<b>");
  }

  @Test
  void numbersStandRightWordsLeft() {
    String html = TableHtml.html(Rows.table("rows", Row.class, rows(2)));
    assertThat(html)
        .contains("<td style=\"text-align:left\">r1</td>")
        .contains("<td style=\"text-align:right;white-space:nowrap\">1,000</td>");
  }

  @Test
  void aLongTableIsCutInTheMiddleAndSaysSo() {
    assertThat(TableHtml.html(Rows.table("rows", Row.class, rows(60))))
        .contains(">r30<")
        .doesNotContain("showing");
    assertThat(TableHtml.html(Rows.table("rows", Row.class, rows(1061))))
        .contains(">r29<", ">…<", ">r1031<", "<p>showing 30 + 30 of 1,061 rows</p>")
        .doesNotContain(">r30<", ">r1030<");
  }

  @Test
  void aTableOfManyColumnsShowsNineAndFoldsTheRest() {
    Table wide = Table.create("wide");
    IntStream.range(0, 19).forEach(i -> wide.addColumns(StringColumn.create("c" + i, "v" + i)));
    String html = TableHtml.html(wide);
    String shown = html.substring(0, html.indexOf("<details>"));
    String folded = html.substring(shown.length());
    assertThat(shown)
        .contains(">wide</caption>", ">c0</th>", ">v8</td>")
        .doesNotContain(">v9</td>");
    assertThat(folded)
        .contains("<summary>10 more columns</summary>", ">c0</th>", ">c9</th>", ">v18</td>")
        .doesNotContain(">v8</td>", "caption");
    assertThat(TableHtml.html(wide.selectColumns(0, 1, 2, 3, 4, 5, 6, 7, 8)))
        .contains(">v8</td>")
        .doesNotContain("details");
  }

  @Test
  void aTerminalGetsAlignedColumns() {
    assertThat(TableText.text(Rows.table("rows", Row.class, rows(2))))
        .isEqualTo("rows\nname  count\n────  ─────\nr0        0\nr1    1,000");
    assertThat(TableText.text(Rows.table("rows", Row.class, rows(61))))
        .contains("r29   29,000\n…\nr31   31,000")
        .endsWith("r60   60,000\nshowing 30 + 30 of 61 rows");
  }

  record Wide(
      @Title(
              "a network whose name is long enough to need a hundred and twenty characters of a line"
                  + " by itself, or more")
          String network,
      @Title("ms, batch 64 (measured)") int latency,
      @Title("× smaller") int smaller) {}

  @Test
  void headingsOfAWideTableBreak() {
    Table wide = Rows.table("wide", Wide.class, List.of(new Wide("lenet5, as it came", 12, 3)));
    assertThat(TableText.text(wide))
        .isEqualTo(
            """
            wide
            a network whose
            name is long
            enough to need a
            hundred and twenty
            characters of a      ms, batch
            line by itself, or          64        ×
            more                (measured)  smaller
            ──────────────────  ──────────  ───────
            lenet5, as it came          12        3""");
  }
}
