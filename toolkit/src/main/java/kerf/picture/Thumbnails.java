package kerf.picture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import kerf.display.Bundle;
import kerf.display.Shown;
import kerf.granularity.Shape;
import kerf.mask.LayerMask;
import kerf.model.Network;
import kerf.plot.Figure;
import kerf.plot.Plot;
import kerf.plot.TilesPlot;

/**
 * The kernels of a layer as small pictures, pruned weights in grey, kernels of which nothing is
 * left crossed out. Of a convolution each kernel; of a fully connected layer on one-channel
 * pictures what each output unit looks for.
 *
 * @param network the network
 * @param layer the layer's name
 */
public record Thumbnails(Network network, String layer) implements Shown {
  private static final int MOST = 5_000;
  private static final int WIDEST = 860;

  /**
   * Checks that the layer has kernels to show.
   *
   * @param network the network
   * @param layer the layer's name
   * @throws kerf.model.DivergedException if a value of the network is not finite: it would look
   *     pruned
   */
  public Thumbnails {
    kernel(network, layer);
    network.requireFinite();
  }

  /** The height and width of a kernel. */
  private static int[] kernel(Network network, String layer) {
    long[] shape = network.shape(layer);
    long[] input = network.architecture().structure().inputShape();
    int[] kernel = {};
    if (shape.length == 4) {
      kernel = new int[] {(int) shape[2], (int) shape[3]};
    } else if (shape.length == 2
        && input.length == 3
        && input[0] == 1
        && shape[1] == input[1] * input[2]) {
      kernel = new int[] {(int) input[1], (int) input[2]};
    }
    if (kernel.length == 0) {
      throw new IllegalArgumentException(
          "thumbnails need a convolution, or a layer with a weight for each pixel, found %s of shape %s"
              .formatted(layer, Shape.text(shape)));
    }
    long kernels = Arrays.stream(shape).reduce(1, (a, b) -> a * b) / (kernel[0] * kernel[1]);
    if (kernels > MOST) {
      throw new IllegalArgumentException(
          "a picture shows at most %,d kernels, found %,d in %s of shape %s"
              .formatted(MOST, kernels, layer, Shape.text(shape)));
    }
    return kernel;
  }

  /**
   * The kernels.
   *
   * @return a matrix each, NaN where a weight is pruned; of a convolution first those of the first
   *     input channel, one for each filter
   */
  public List<float[][]> tiles() {
    int[] kernel = kernel(network, layer);
    float[] weights = network.weights(layer);
    LayerMask mask = network.mask().layer(layer);
    long[] shape = network.shape(layer);
    int filters = (int) shape[0];
    int channels = shape.length == 4 ? (int) shape[1] : 1;
    List<float[][]> tiles = new ArrayList<>();
    for (int channel = 0; channel < channels; channel++) {
      for (int filter = 0; filter < filters; filter++) {
        int first = (filter * channels + channel) * kernel[0] * kernel[1];
        float[][] tile = new float[kernel[0]][kernel[1]];
        for (int i = 0; i < kernel[0] * kernel[1]; i++) {
          boolean kept = mask.keeps(first + i);
          tile[i / kernel[1]][i % kernel[1]] = kept ? weights[first + i] : Float.NaN;
        }
        tiles.add(tile);
      }
    }
    return tiles;
  }

  /**
   * Draws the kernels: of several input channels a row for each, a column for each filter.
   *
   * @return a figure of one panel
   */
  public Figure figure() {
    List<float[][]> tiles = tiles();
    long[] shape = network.shape(layer);
    boolean channels = shape.length == 4 && shape[1] > 1;
    int columns = channels ? (int) shape[0] : (int) Math.ceil(Math.sqrt(2.0 * tiles.size()));
    int side = Math.max(6, Math.min(64, WIDEST / columns * 8 / 9));
    TilesPlot plot = Plot.tiles(tiles).columns(columns).side(side);
    return plot.title("Kernels of " + layer)
        .figure()
        .caption(
            "%s: %,d of %,d weights kept; grey: pruned.%s"
                .formatted(
                    layer,
                    network.mask().layer(layer).kept(),
                    network.mask().layer(layer).size(),
                    channels ? " A column a filter, a row an input channel." : ""));
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
