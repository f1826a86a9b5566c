package kerf.picture;

import java.util.Arrays;
import kerf.argument.Argument;
import kerf.display.Bundle;
import kerf.display.Shown;
import kerf.granularity.Shape;
import kerf.mask.LayerMask;
import kerf.model.Network;
import kerf.plot.Figure;
import kerf.plot.Plot;

/**
 * Where a pruned network still looks at its input: the mask of its first layer, and how many
 * weights each input pixel keeps, laid out as the picture is. Han et al. 2015, figure 4.
 *
 * @param layer the mask of a fully connected layer on the input, outputs × inputs
 * @param channels how many values a pixel has
 * @param height the pictures' rows
 * @param width the pictures' columns
 */
public record SurvivalMap(LayerMask layer, int channels, int height, int width) implements Shown {

  /**
   * Looks at the first layer of a network.
   *
   * @param network a network whose first layer with weights is fully connected to pictures
   * @return the map
   * @throws IllegalArgumentException if the first layer is no such layer
   */
  public static SurvivalMap of(Network network) {
    Argument.require("network", network);
    LayerMask first = network.mask().layers().get(0);
    long[] input = network.architecture().structure().inputShape();
    long pixels = Arrays.stream(input).reduce(1, (a, b) -> a * b);
    long[] shape = first.shape();
    if (shape.length != 2 || input.length != 3 || shape[1] != pixels) {
      throw new IllegalArgumentException(
          "a survival map needs a first layer with a weight for each input value, found %s of shape %s on inputs of shape %s; thumbnails(network, \"%s\") shows kernels"
              .formatted(first.name(), Shape.text(shape), Shape.text(input), first.name()));
    }
    return new SurvivalMap(first, (int) input[0], (int) input[1], (int) input[2]);
  }

  /**
   * Counts the weights kept at each pixel.
   *
   * @return rows of the picture, from the top; 0 to outputs × channels each
   */
  public int[][] counts() {
    int[][] counts = new int[height][width];
    int pixels = height * width;
    for (int index : layer.survivors()) {
      int pixel = index % pixels;
      counts[pixel / width][pixel % width]++;
    }
    return counts;
  }

  /**
   * Measures how dense the middle of the picture is.
   *
   * @param margin how many pixels to leave out on each side, 0 or more
   * @return the fraction of weights kept at the pixels in the middle
   */
  public double centerDensity(int margin) {
    requireMargin(margin, 0);
    return (double) center(margin) / size(height - 2 * margin, width - 2 * margin);
  }

  /**
   * Measures how dense the margin of the picture is.
   *
   * @param margin how many pixels on each side make it, 1 or more
   * @return the fraction of weights kept at the pixels of the margin
   */
  public double marginDensity(int margin) {
    requireMargin(margin, 1);
    return (double) (layer.kept() - center(margin))
        / (layer.size() - size(height - 2 * margin, width - 2 * margin));
  }

  private void requireMargin(int margin, int least) {
    int most = (Math.min(height, width) - 1) / 2;
    if (margin < least || margin > most) {
      throw new IllegalArgumentException(
          "margin must be %d to %d pixels of %d×%d, found %d"
              .formatted(least, most, height, width, margin));
    }
  }

  private int center(int margin) {
    int[][] counts = counts();
    int sum = 0;
    for (int row = margin; row < height - margin; row++) {
      for (int column = margin; column < width - margin; column++) {
        sum += counts[row][column];
      }
    }
    return sum;
  }

  private long size(int rows, int columns) {
    return layer.shape()[0] * channels * rows * columns;
  }

  /**
   * Draws the mask as it lies in memory, where the rows of the picture make bands, and the counts
   * as the picture lies before the eye.
   *
   * @return a figure of two panels
   */
  public Figure figure() {
    int inputs = (int) layer.shape()[1];
    boolean[][] rows = new boolean[(int) layer.shape()[0]][inputs];
    for (int index : layer.survivors()) {
      rows[index / inputs][index % inputs] = true;
    }
    float[][] counts = Arrays.stream(counts()).map(SurvivalMap::floats).toArray(float[][]::new);
    return Figure.row(
            Plot.raster(rows)
                .title("Weights kept in %s".formatted(layer.name()))
                .xTitle("input value")
                .yTitle("output unit")
                .size(520, 400),
            Plot.heatMap(counts)
                .title("Weights kept at each pixel")
                .xTitle("column of the picture")
                .yTitle("row of the picture")
                .range(0, Math.max(1, most()))
                .size(480, 400))
        .caption(
            "%s: %,d of %,d weights kept (%.1f %%). Each row of the picture is a band of %d inputs on the left."
                .formatted(layer.name(), layer.kept(), layer.size(), 100 * layer.density(), width));
  }

  private int most() {
    return Arrays.stream(counts()).flatMapToInt(Arrays::stream).max().orElse(0);
  }

  private static float[] floats(int... counts) {
    float[] floats = new float[counts.length];
    for (int i = 0; i < counts.length; i++) {
      floats[i] = counts[i];
    }
    return floats;
  }

  @Override
  public Bundle bundle() {
    return figure().bundle();
  }

  @Override
  public String toString() {
    return figure().toString();
  }
}
