package kerf.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;

class RowsTest {
  enum Arm {
    WINNING_TICKET("winning ticket"),
    RANDOM_MASK("random mask");

    private final String words;

    Arm(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  record Level(
      int seed,
      Arm arm,
      @Percent(1) double weightsRemaining,
      @Decimals(3) Double loss,
      @Grouped long iterations,
      @Bytes long size,
      @Title("MAC share") float macs,
      boolean done) {}

  private static final List<Level> LEVELS =
      List.of(
          new Level(1, Arm.WINNING_TICKET, 1, 0.5, 20_000, 1_066_440, 0.25f, true),
          new Level(2, Arm.RANDOM_MASK, 0.21144, null, 500, 512, Float.NaN, false));

  private final Table table = Rows.table("levels", Level.class, LEVELS);

  @Test
  void aComponentBecomesAColumnTitledInWords() {
    assertThat(table.name()).isEqualTo("levels");
    assertThat(table.columnNames())
        .containsExactly(
            "seed", "arm", "weights remaining", "loss", "iterations", "size", "MAC share", "done");
    assertThat(Field.words("testMACs")).isEqualTo("test MACs");
    assertThat(Field.words("fc1Weight")).isEqualTo("fc1 weight");
    assertThat(Field.words("x")).isEqualTo("x");
  }

  @Test
  void numbersPrintAsAnnotatedAndMissingOnesAsNothing() {
    assertThat(table.getString(0, "weights remaining")).isEqualTo("100.0 %");
    assertThat(table.getString(1, "weights remaining")).isEqualTo("21.1 %");
    assertThat(table.getString(0, "loss")).isEqualTo("0.500");
    assertThat(table.getString(1, "loss")).isEmpty();
    assertThat(table.getString(0, "iterations")).isEqualTo("20,000");
    assertThat(table.getString(0, "size")).isEqualTo("1.02 MiB");
    assertThat(table.getString(1, "size")).isEqualTo("512 B");
    assertThat(table.getString(0, "MAC share")).isEqualTo("0.25");
    assertThat(table.getString(1, "MAC share")).isEmpty();
    assertThat(table.getString(1, "arm")).isEqualTo("random mask");
  }

  @Test
  void tablesawPrintsWithTheSameFormatsAndDerivedTablesKeepThem() {
    Table derived = table.sortDescendingOn("seed").first(1);
    assertThat(derived.print()).contains("21.1 %").doesNotContain("0.21144");
    assertThat(((DoubleColumn) derived.column("weights remaining")).get(0)).isEqualTo(0.21144);
  }

  @Test
  void plainNumbersKeepFiveSignificantDigits() {
    CellFormat plain = new CellFormat(CellFormat.Style.PLAIN, 0);
    assertThat(plain.format(1 - 0.8)).isEqualTo("0.2");
    assertThat(plain.format(123456.789)).isEqualTo("123460");
    assertThat(plain.format(2.0 / 3)).isEqualTo("0.66667");
    assertThat(plain.format(1.2e-7)).isEqualTo("1.2E-7");
    assertThat(plain.format(-0.0)).isEqualTo("0");
    assertThat(plain.format(Double.NEGATIVE_INFINITY)).isEqualTo("-∞");
    assertThat(new CellFormat(CellFormat.Style.PERCENT, 1).format(-1e-9)).isEqualTo("0.0 %");
  }

  @Test
  void recordsComeBackAsTheyWere() {
    assertThat(Rows.records(table, Level.class)).isEqualTo(LEVELS);
    assertThat(
            Rows.records(table.rejectColumns("loss").addColumns(table.column("loss")), Level.class))
        .isEqualTo(LEVELS);
  }

  @Test
  void noRowsStillGiveTheColumns() {
    Table empty = Rows.table("none", Level.class, List.of());
    assertThat(empty.columnCount()).isEqualTo(8);
    assertThat(Rows.records(empty, Level.class)).isEmpty();
  }

  record Misfit(@Percent(1) String name) {}

  record TooFine(@Percent(12) double share) {}

  @Test
  void mistakesAreNamed() {
    assertThatThrownBy(() -> Rows.table("t", Misfit.class, List.of()))
        .hasMessage("component name of Misfit: a number format needs a number, found String");
    assertThatThrownBy(() -> Rows.table("t", TooFine.class, List.of()))
        .hasMessage("digits after the decimal point must be in 0..9, found 12");
    Table narrow = table.selectColumns("seed", "arm");
    narrow.setName("narrow");
    assertThatThrownBy(() -> Rows.records(narrow, Level.class))
        .hasMessage("table narrow has no column weights remaining; its columns are seed, arm");
  }
}
