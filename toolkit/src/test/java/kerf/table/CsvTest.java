package kerf.table;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import kerf.storage.UnreadableFileException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvTest {
  record Point(int seed, String arm, @Percent(1) double accuracy, Integer stop) {}

  @Test
  void writesEveryDigitWhateverTheTablePrints() {
    List<Point> points = List.of(new Point(1, "a, \"b\"", 0.1 + 0.2, null));
    assertThat(Csv.text(Rows.table("points", Point.class, points)))
        .isEqualTo("seed,arm,accuracy,stop\n1,\"a, \"\"b\"\"\",0.30000000000000004,\n");
  }

  @Property(tries = 300)
  void anyRowComesBackAsItWas(
      @ForAll double bits, @ForAll String arm, @ForAll int seed, @ForAll boolean stopped) {
    if (seed == Integer.MIN_VALUE) {
      return; // Tablesaw's mark of a missing whole number
    }
    Point point = new Point(seed, arm, bits, stopped ? 7 : null);
    String text = Csv.text(Rows.table("points", Point.class, List.of(point)));
    assertThat(Csv.records(text, Point.class, "text")).containsExactly(point);
  }

  @Test
  void aFileIsWrittenWholeAndReplaced(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("results/points.csv");
    Csv.write(Rows.table("points", Point.class, List.of()), file);
    Point point = new Point(3, "ticket", 0.979, 6_500);
    Csv.write(Rows.table("points", Point.class, List.of(point)), file);
    assertThat(Csv.read(file, Point.class)).containsExactly(point);
    try (var files = Files.list(file.getParent())) {
      assertThat(files).containsExactlyInAnyOrder(file, file.resolveSibling("points.csv.sha256"));
    }
  }

  @Test
  void aFileThatWasChangedSaysSo(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("points.csv");
    Path beside = folder.resolve("points.csv.sha256");
    Csv.write(
        Rows.table("points", Point.class, List.of(new Point(3, "ticket", 0.979, 6_500))), file);
    assertThat(beside).content().matches("[0-9a-f]{64}  points.csv\n");
    Files.writeString(file, Files.readString(file).replace("0.979", "0.989"));
    assertThatThrownBy(() -> Csv.read(file, Point.class))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessage(
            "cannot read %s: expected the bytes whose SHA-256 is in points.csv.sha256, found others; save the table again, or, if you changed it on purpose, delete %s",
            file, beside);
    Files.delete(beside);
    assertThat(Csv.read(file, Point.class).get(0).accuracy()).isEqualTo(0.989);
  }

  @Test
  void whatIsWrongInAFileIsSaidWithItsLine(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("points.csv");
    assertThatThrownBy(() -> Csv.read(file, Point.class))
        .hasMessage("cannot read %s: expected a file, found nothing there; check the path", file);
    Files.write(file, "seed,arm,accuracy,stop\n1,\u00e9,0.5,\n".getBytes(ISO_8859_1));
    assertThatThrownBy(() -> Csv.read(file, Point.class))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessage(
            "cannot read %s: expected text in UTF-8, found the byte 0xe9 in line 2; save the table again, or the file as UTF-8",
            file);
    Files.writeString(file, "seed,arm,accuracy,stop\n1,a,high,\n");
    assertThatThrownBy(() -> Csv.read(file, Point.class))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessage(
            "cannot read %s, line 2, column accuracy: expected a number, found high; correct it there, or save the table again",
            file);
  }

  @Test
  void linesMayEndAsWindowsEndsThemAndTheLastNotAtAll() {
    assertThat(Csv.records("seed,arm,accuracy,stop\r\n1,a,0.5,2", Point.class, "text"))
        .containsExactly(new Point(1, "a", 0.5, 2));
  }

  @Test
  void aDamagedTextIsNamedByLineAndColumn() {
    assertThatThrownBy(() -> Csv.records("seed,arm\n", Point.class, "points.csv"))
        .hasMessage("points.csv: expected the columns seed, arm, accuracy, stop, found seed, arm");
    assertThatThrownBy(() -> Csv.records("", Point.class, "points.csv"))
        .hasMessage("points.csv: expected the columns seed, arm, accuracy, stop, found nothing");
    String head = "seed,arm,accuracy,stop\n1,\"two\nlines\",0.5,\n";
    assertThatThrownBy(() -> Csv.records(head + "1,a,high,\n", Point.class, "points.csv"))
        .hasMessage("points.csv, line 4, column accuracy: expected a number, found high");
    assertThatThrownBy(() -> Csv.records(head + ",a,0.5,\n", Point.class, "points.csv"))
        .hasMessage("points.csv, line 4, column seed: expected a whole number, found nothing");
    assertThatThrownBy(() -> Csv.records(head + "1,a\n", Point.class, "points.csv"))
        .hasMessage("points.csv, line 4: expected 4 cells, found 2");
    assertThatThrownBy(() -> Csv.records(head + "1,\"a", Point.class, "points.csv"))
        .hasMessage("points.csv, line 4: a quoted cell is never closed; the file may be cut off");
  }
}
