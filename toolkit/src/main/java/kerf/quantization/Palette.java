package kerf.quantization;

import java.util.Arrays;
import kerf.scheme.PaletteFormat;
import kerf.sharing.Clustering;

/**
 * Weights that share few values: each is an index into a list. S. Han et al., "Deep Compression",
 * ICLR 2016, section 3.
 *
 * <p>The width counts the zero among the shared values: 32 values and a zero take 6 bits where
 * every weight has an index. Where zeros are left out ({@code kerf.coding}), 5 are enough.
 *
 * @param colors the shared values in ascending order; their number is at most 2<sup>bits</sup>
 * @param bits of an index, 1 to 9
 */
public record Palette(float[] colors, int bits) implements WeightForm {
  /**
   * Copies the colors and checks their number.
   *
   * @param colors the shared values in ascending order
   * @param bits of an index, 1 to 9
   */
  public Palette {
    if (bits < 1 || bits > 9) {
      throw new IllegalArgumentException("a palette needs 1 to 9 bits, found " + bits);
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
   * Finds the values that weights are to share, by k-means over those that are not 0.
   *
   * @param weights the weights of a layer
   * @param format how many values, and where they start
   * @return the values and, where a weight is 0, a 0 besides
   * @throws IllegalArgumentException if a weight is not finite
   */
  public static Palette of(float[] weights, PaletteFormat format) {
    return of(Clustering.of(weights, 1 << format.bits(), format.start()), format.bits());
  }

  /**
   * Takes the values of clusters.
   *
   * @param clusters of a layer's weights
   * @param bits of an index among the values that are not 0, 1 to 8
   * @return the values and, where a weight is 0, a 0 besides
   */
  public static Palette of(Clustering clusters, int bits) {
    float[] centroids = clusters.centroids();
    for (int label : clusters.labels()) {
      if (label == Clustering.ZERO) {
        return withZero(bits, centroids);
      }
    }
    return new Palette(centroids, bits);
  }

  /**
   * Adds a value for weights that are 0.
   *
   * @param bits of an index among the other values, 1 to 8
   * @param others the other values
   * @return all values; where one is 0 already, nothing is added
   */
  public static Palette withZero(int bits, float... others) {
    for (float other : others) {
      if (other == 0) {
        return new Palette(others, bits);
      }
    }
    int count = others.length + 1;
    return new Palette(Arrays.copyOf(others, count), count > 1 << bits ? bits + 1 : bits);
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
