package kerf.quantization;

import java.util.Arrays;

/**
 * Weights that share few values: each is an index into a list. S. Han et al., "Deep Compression",
 * ICLR 2016, section 3.
 *
 * @param colors the shared values in ascending order; their number is at most 2<sup>bits</sup>
 * @param bits of an index, 1 to 8
 */
public record Palette(float[] colors, int bits) implements WeightForm {
  /**
   * Copies the colors and checks their number.
   *
   * @param colors the shared values in ascending order
   * @param bits of an index, 1 to 8
   */
  public Palette {
    if (bits < 1 || bits > 8) {
      throw new IllegalArgumentException("a palette needs 1 to 8 bits, found " + bits);
    }
    if (colors.length < 1 || colors.length > 1 << bits) {
      throw new IllegalArgumentException(
          "a palette of %d bits holds 1 to %d colors, found %d"
              .formatted(bits, 1 << bits, colors.length));
    }
    colors = colors.clone();
    Arrays.sort(colors);
    for (float color : colors) {
      if (!Float.isFinite(color)) {
        throw new IllegalArgumentException(
            "colors of a palette must be finite numbers, found %s; look for NaN or infinity in the weights"
                .formatted(color));
      }
    }
  }

  /**
   * Gives the shared values.
   *
   * @return a copy, in ascending order
   */
  @Override
  public float[] colors() {
    return colors.clone();
  }

  /**
   * Finds the nearest color of each weight.
   *
   * @param weights any numbers
   * @return indices; between two equally near colors the lower one's
   */
  public int[] indices(float[] weights) {
    int[] indices = new int[weights.length];
    for (int i = 0; i < weights.length; i++) {
      indices[i] = nearest(weights[i]);
    }
    return indices;
  }

  private int nearest(float weight) {
    int place = Arrays.binarySearch(colors, weight);
    if (place >= 0) {
      return place;
    }
    int above = -place - 1;
    if (above == 0) {
      return 0;
    }
    if (above == colors.length) {
      return above - 1;
    }
    return weight - colors[above - 1] <= colors[above] - weight ? above - 1 : above;
  }

  @Override
  public float[] rounded(float[] weights, long... shape) {
    int[] indices = indices(weights);
    float[] rounded = new float[weights.length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = colors[indices[i]];
    }
    return rounded;
  }

  @Override
  public long extraBytes() {
    return 4L * colors.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Palette palette
        && bits == palette.bits
        && Arrays.equals(colors, palette.colors);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(colors) + bits;
  }

  @Override
  public String toString() {
    return "palette of %d".formatted(colors.length);
  }
}
