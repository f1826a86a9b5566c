package kerf.packed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import kerf.integer.Window;
import kerf.random.RandomStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PackedLayersTest {
  @Test
  void aBinaryRowCountsEqualSignsLessOthers() {
    float[] weights = {2, -2, 2, -0.5f, -0.5f, 0.5f};
    float[] inputs = {1, 0, -3};

    PackedLinear layer = new PackedLinear(BinaryWeights.of(weights, 2, 1), 10, 0);

    // 2 (1 - 1 - 1) + 10 and 0.5 (-1 - 1 - 1).
    assertThat(layer.apply(SignRows.of(inputs, 1))).containsExactly(8, -1.5f);
  }

  @Test
  void aTernaryRowLeavesOutItsZeros() {
    float[] weights = {3, 0, -1, 3, 0, 1};
    float[] inputs = {-1, 1, -1, 1, 1, 1};

    PackedLinear layer = new PackedLinear(TernaryWeights.of(weights, 2, 1), 0, 0);

    assertThat(layer.apply(SignRows.of(inputs, 2))).containsExactly(-2, -4, 2, 4);
  }

  @Test
  void bytesAreAThirtySecondAndASixteenthBesidesLevels() {
    float[] ones = new float[64 * 256];
    Arrays.fill(ones, 1);
    long floats = 4L * ones.length;

    assertThat(BinaryWeights.of(ones, 64, 1).bytes()).isEqualTo(floats / 32 + 4 * 64);
    assertThat(TernaryWeights.of(ones, 64, 1).bytes()).isEqualTo(floats / 16 + 8 * 64);
  }

  @Test
  void otherValuesAreRefused() {
    assertThatThrownBy(() -> BinaryWeights.of(new float[] {1, -2}, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "binary weights are plus and minus one number a row, found 1.0 and -2.0 in row 0");
    assertThatThrownBy(() -> TernaryWeights.of(new float[] {1, -2, 0, 3}, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "ternary weights have two values besides 0 a row, found 1.0, -2.0 and 3.0 in row 0");
  }

  private static float[] weights(boolean binary, int rows, int each, RandomStream stream) {
    float[] weights = new float[rows * each];
    for (int i = 0; i < weights.length; i++) {
      float level = 1 + i / each;
      int side = binary ? (stream.nextInt(2) == 0 ? -1 : 1) : stream.nextInt(3) - 1;
      weights[i] = side * level;
    }
    return weights;
  }

  private static float[] signs(int count, RandomStream stream) {
    float[] signs = new float[count];
    for (int i = 0; i < count; i++) {
      signs[i] = stream.nextInt(2) == 0 ? -1 : 1;
    }
    return signs;
  }

  private static PackedWeights packed(boolean binary, float[] weights, int rows, int taps) {
    return binary ? BinaryWeights.of(weights, rows, taps) : TernaryWeights.of(weights, rows, taps);
  }

  @Property(tries = 200)
  void linearLayersGiveTheSumsOfTheirProducts(
      @ForAll boolean binary,
      @ForAll @IntRange(min = 1, max = 200) int inputs,
      @ForAll @IntRange(min = 1, max = 9) int outputs,
      @ForAll @IntRange(min = 1, max = 3) int batch,
      @ForAll long seed) {
    RandomStream stream = RandomStream.of(seed, "packed");
    float[] weights = weights(binary, outputs, inputs, stream);
    float[] x = signs(batch * inputs, stream);

    float[] found =
        new PackedLinear(packed(binary, weights, outputs, 1), new float[outputs])
            .apply(SignRows.of(x, batch));

    for (int i = 0; i < batch; i++) {
      for (int row = 0; row < outputs; row++) {
        float sum = 0;
        for (int j = 0; j < inputs; j++) {
          sum += weights[row * inputs + j] * x[i * inputs + j];
        }
        assertThat(found[i * outputs + row]).isEqualTo(sum);
      }
    }
  }

  @Property(tries = 200)
  void convolutionsGiveTheSumsOfTheirProducts(
      @ForAll boolean binary,
      @ForAll @IntRange(min = 1, max = 130) int channels,
      @ForAll @IntRange(min = 1, max = 3) int size,
      @ForAll @IntRange(min = 1, max = 2) int stride,
      @ForAll @IntRange(min = 0, max = 2) int padding,
      @ForAll long seed) {
    RandomStream stream = RandomStream.of(seed, "packed");
    int filters = 5;
    int height = 4;
    int width = 5;
    int taps = size * size;
    float[] weights = weights(binary, filters, channels * taps, stream);
    float[] x = signs(2 * channels * height * width, stream);
    Window window = Window.square(size, stride).padded(padding);

    float[] found =
        new PackedConvolution(packed(binary, weights, filters, taps), window, new float[filters])
            .apply(SignImages.of(x, 2, channels, height, width));

    int rows = window.rows(height);
    int columns = window.columns(width);
    assertThat(found).hasSize(2 * filters * rows * columns);
    for (int at = 0; at < found.length; at++) {
      int image = at / (filters * rows * columns);
      int filter = at / (rows * columns) % filters;
      int top = at / columns % rows * stride - padding;
      int left = at % columns * stride - padding;
      float sum = 0;
      for (int i = 0; i < channels * taps; i++) {
        int y = top + i % taps / size;
        int z = left + i % size;
        if (y >= 0 && y < height && z >= 0 && z < width) {
          sum +=
              weights[filter * channels * taps + i]
                  * x[((image * channels + i / taps) * height + y) * width + z];
        }
      }
      assertThat(found[at]).isEqualTo(sum);
    }
  }
}
