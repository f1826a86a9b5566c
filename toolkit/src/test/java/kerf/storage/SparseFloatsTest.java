package kerf.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import kerf.storage.SparseFloats.Form;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SparseFloatsTest {
  /** Two rows of 8 with three values; they follow 2, 6 and 1 zeros. */
  private static final float[] THREE = {0, 0, 5, 0, 0, 0, 0, 0, 0, 6, 0, -7, 0, 0, 0, 0};

  @Test
  void formsCostWhatTheySay() {
    assertThat(SparseFloats.pack(THREE, 2, Form.DENSE)).hasSize(5 + 4 * 16);
    assertThat(SparseFloats.pack(THREE, 2, Form.BITMAP)).hasSize(5 + 2 + 4 * 3);
    // three gaps of 3 bits in 2 bytes, behind the width and the count
    assertThat(SparseFloats.pack(THREE, 2, Form.GAPS)).hasSize(5 + 5 + 2 + 4 * 3);
    // the number of columns, a byte for each row's count, a byte for each column
    assertThat(SparseFloats.pack(THREE, 2, Form.ROWS)).hasSize(5 + 4 + 2 + 3 + 4 * 3);
    assertThat(SparseFloats.pack(THREE, 2)).isEqualTo(SparseFloats.pack(THREE, 2, Form.BITMAP));
  }

  @Test
  void layoutIsAsDocumented() {
    float[] two = {0, 1, 0, 0};
    assertThat(SparseFloats.pack(two, 1, Form.BITMAP))
        .containsExactly(1, 4, 0, 0, 0, 0b0010, 0, 0, (byte) 0x80, 0x3f);
    assertThat(SparseFloats.pack(two, 1, Form.GAPS))
        .containsExactly(2, 4, 0, 0, 0, 1, 1, 0, 0, 0, 0b1, 0, 0, (byte) 0x80, 0x3f);
    assertThat(SparseFloats.pack(two, 2, Form.ROWS))
        .containsExactly(3, 4, 0, 0, 0, 2, 0, 0, 0, 1, 0, 1, 0, 0, (byte) 0x80, 0x3f);
  }

  @Test
  void longGapsAreBrokenByZeros() {
    // One value behind 100,000 zeros: a gap has 16 bits at most, so one entry of value 0 breaks it.
    float[] far = new float[100_001];
    far[100_000] = 1;
    byte[] packed = SparseFloats.pack(far, 1, Form.GAPS);
    assertThat(packed).hasSize(5 + 5 + 4 + 4 * 2);
    assertThat(SparseFloats.unpack(packed)).containsExactly(far);
  }

  @Test
  void whatIsCheapestDependsOnDensity() {
    assertThat(cheapest(1)).isEqualTo(Form.DENSE);
    assertThat(cheapest(0.5)).isEqualTo(Form.BITMAP);
    assertThat(cheapest(0.02)).isEqualTo(Form.GAPS);
  }

  /** The form in which 100 rows of 1,000 are packed. */
  private static Form cheapest(double density) {
    return Form.values()[SparseFloats.pack(sparse(100_000, density, 1), 100)[0]];
  }

  private static float[] sparse(int size, double density, long seed) {
    Random random = new Random(seed);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = random.nextDouble() < density ? (float) random.nextGaussian() : 0;
    }
    return values;
  }

  @Property(tries = 200)
  void everyFormComesBack(
      @ForAll @IntRange(min = 1, max = 40) int rows,
      @ForAll @IntRange(min = 1, max = 700) int columns,
      @ForAll @DoubleRange(max = 1) double density,
      @ForAll long seed) {
    float[] values = sparse(rows * columns, density, seed);
    byte[] best = SparseFloats.pack(values, rows);
    assertThat(SparseFloats.unpack(best)).containsExactly(values);
    for (Form form : Form.values()) {
      byte[] packed = SparseFloats.pack(values, rows, form);
      assertThat(SparseFloats.unpack(packed)).as(form.name()).containsExactly(values);
      assertThat(packed.length).isGreaterThanOrEqualTo(best.length);
    }
  }

  @Test
  void zerosOfBothSignsAreZero() {
    float[] values = {-0f, Float.NaN, Float.MIN_VALUE, Float.NEGATIVE_INFINITY};
    for (Form form : Arrays.asList(Form.BITMAP, Form.GAPS, Form.ROWS)) {
      assertThat(SparseFloats.unpack(SparseFloats.pack(values, 2, form)))
          .containsExactly(0f, Float.NaN, Float.MIN_VALUE, Float.NEGATIVE_INFINITY);
    }
  }

  @Test
  void unequalRowsAreRefused() {
    assertThatThrownBy(() -> SparseFloats.pack(new float[5], 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("an array of 5 values must have rows of equal length, found 2 rows");
  }
}
