package kerf.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;

class FormatComparisonTest {
  @Test
  void fewerBitsLeaveFewerNumbers() {
    // 1/3 has no exact form in binary; 1 and 0.5 have in all floats.
    Table table = FormatComparison.of(1, 0.5f, -0.5f, 1 / 3f).table();
    assertThat(table.stringColumn("format").asList())
        .containsExactly("fp32", "fp16", "bf16", "int8", "int6", "int4", "int3", "int2");
    assertThat(table.longColumn("bytes").asList()).containsExactly(16L, 8L, 8L, 4L, 3L, 2L, 2L, 1L);
    // 2 bits: -1, 0 and 1; a half is rounded to the even 0.
    assertThat(table.longColumn("different").asList())
        .containsExactly(4L, 4L, 4L, 4L, 4L, 4L, 4L, 2L);
    assertThat(table.doubleColumn("greatest error").get(7)).isEqualTo(0.5);
    assertThat(table.doubleColumn("SQNR (dB)").isMissing(0)).isTrue();
    // Half a step of 2^-2 with 11 and 8 bits: 2^-13 and 2^-10 at most.
    assertThat(table.doubleColumn("greatest error").get(1)).isBetween(0x1p-15, 0x1p-13);
    assertThat(table.doubleColumn("greatest error").get(2)).isBetween(0x1p-12, 0x1p-10);
  }

  @Test
  void formatsNeedNumbers() {
    assertThatThrownBy(() -> FormatComparison.of())
        .hasMessage("formats need numbers to round, found none");
  }
}
