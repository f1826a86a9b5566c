package kerf.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DigitsCsvTest {
  private static final String ROW = "0,16,5," + "1,".repeat(61);

  @Test
  void linesGivePixelsAndLabels() {
    LabelledImages two = read(ROW + "7\r\n" + ROW + "9");
    assertThat(two.labels()).containsExactly(7, 9);
    assertThat(two.pixels()).hasSize(128).startsWith(0, 16, 5, 1);
    assertThat(two.maximum()).isEqualTo(16);
  }

  @Test
  void wrongNumberOfValues() {
    fails(
        ROW + "7\n" + ROW + "7,3\n",
        "digits.csv line 2: expected 64 pixels and a label separated by commas, found 66 values");
    fails(
        ROW + "7\n\n",
        "digits.csv line 2: expected 64 pixels and a label separated by commas, found 1 values");
  }

  @Test
  void wrongValue() {
    fails(
        "17," + "1,".repeat(63) + "7\n",
        "digits.csv line 1: expected a pixel of 0 to 16 in column 1, found \"17\"");
    fails(
        "1,".repeat(63) + "-1,7\n",
        "digits.csv line 1: expected a pixel of 0 to 16 in column 64, found \"-1\"");
    fails(ROW + "10\n", "digits.csv line 1: expected a label of 0 to 9 in column 65, found \"10\"");
    fails(
        ROW + "label of the image\n",
        "digits.csv line 1: expected a label of 0 to 9 in column 65, found \"label of the...\"");
    fails(
        ROW + "\u0007\n",
        "digits.csv line 1: expected a label of 0 to 9 in column 65, found \"?\"");
  }

  @Test
  void noLine() {
    assertThatThrownBy(
            () -> DigitsCsv.read(new DataFile("empty.csv.gz", IdxFixture.gzip(new byte[0]))))
        .isInstanceOf(DataFileException.class)
        .hasMessage("empty.csv.gz: expected a line an image, found no line");
  }

  private static LabelledImages read(String text) {
    return DigitsCsv.read(new DataFile("digits.csv", text.getBytes(StandardCharsets.US_ASCII)));
  }

  private static void fails(String text, String message) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(DataFileException.class).hasMessage(message);
  }
}
