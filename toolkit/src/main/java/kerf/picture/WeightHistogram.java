package kerf.picture;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import kerf.argument.Argument;
import kerf.display.Bundle;
import kerf.display.Shown;
import kerf.model.Network;
import kerf.plot.Figure;
import kerf.plot.HistogramPlot;
import kerf.plot.Plot;

/**
 * How the weights of a layer are distributed in several networks, one over the other. Only weights
 * that are kept count: pruned ones would be one tall bar at zero.
 *
 * @param layer the layer's name
 * @param networks by the name the legend has for them, the first undermost
 */
public record WeightHistogram(String layer, Map<String, Network> networks) implements Shown {
  private static final int BINS = 80;

  /**
   * Checks that there is a network.
   *
   * @param layer the layer's name
   * @param networks by the name the legend has for them
   */
  public WeightHistogram {
    if (networks.isEmpty()) {
      throw new IllegalArgumentException("a weight histogram needs a network, found none");
    }
    networks = Collections.unmodifiableMap(new LinkedHashMap<>(networks));
    networks.values().forEach(network -> network.shape(layer));
  }

  /**
   * The three stages of pruning.
   *
   * @param layer the layer's name
   * @param before the dense network
   * @param pruned the same without its small weights
   * @param retrained that trained on
   * @return the histogram
   */
  public static WeightHistogram of(
      String layer, Network before, Network pruned, Network retrained) {
    Argument.require("layer", layer);
    Argument.require("before", before);
    Argument.require("pruned", pruned);
    Argument.require("retrained", retrained);
    return new WeightHistogram(layer, Map.of("before", before))
        .and("pruned", pruned)
        .and("retrained", retrained);
  }

  /**
   * Adds a network.
   *
   * @param name as the legend says
   * @param network a network with such a layer
   * @return a histogram with it
   */
  public WeightHistogram and(String name, Network network) {
    Argument.require("name", name);
    Argument.require("network", network);
    Map<String, Network> more = new LinkedHashMap<>(networks);
    more.put(name, network);
    return new WeightHistogram(layer, more);
  }

  /**
   * Draws the histogram.
   *
   * @return a figure of one panel
   * @throws IllegalArgumentException if a network has no such layer or keeps none of its weights
   */
  public Figure figure() {
    HistogramPlot plot = null;
    for (Map.Entry<String, Network> entry : networks.entrySet()) {
      float[] kept = kept(entry.getValue());
      plot = plot == null ? Plot.histogram(entry.getKey(), kept) : plot.and(entry.getKey(), kept);
    }
    return plot.bins(BINS)
        .logY()
        .title("Weights of " + layer)
        .xTitle("weight")
        .size(640, 380)
        .figure()
        .caption("Only weights that are kept are counted. The axis of the counts is logarithmic.");
  }

  private float[] kept(Network network) {
    float[] weights = network.weights(layer);
    int[] survivors = network.mask().layer(layer).survivors();
    float[] kept = new float[survivors.length];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = weights[survivors[i]];
    }
    return kept;
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
