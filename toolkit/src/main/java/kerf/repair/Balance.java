package kerf.repair;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerf.model.Network;

/**
 * The factors that make the ranges of neighbouring layers equal: Nagel et al. 2019, section 4.1.
 *
 * <p>Everything is computed from the weights as they were, in doubles, and rounded to floats once,
 * however many rounds there are.
 */
final class Balance {
  /** A channel whose weights are less than this part of its layer's largest is silent. */
  private static final double SILENT = 1e-6;

  private static final double CONVERGED = 1e-6;

  private final List<Seam> seams;
  private final Map<String, float[]> weights = new LinkedHashMap<>();
  private final Map<String, double[]> outward = new LinkedHashMap<>();
  private final Map<String, double[]> inward = new LinkedHashMap<>();

  Balance(Network network, List<Seam> seams) {
    this.seams = seams;
    for (Seam seam : seams) {
      for (Layer layer : List.of(seam.first(), seam.second())) {
        weights.computeIfAbsent(layer.weight(), network::values);
        outward.computeIfAbsent(layer.node(), node -> ones(layer.outputs()));
        inward.computeIfAbsent(layer.node(), node -> ones(layer.inputs()));
      }
    }
  }

  private static double[] ones(int length) {
    double[] ones = new double[length];
    Arrays.fill(ones, 1);
    return ones;
  }

  /** Goes over all seams until nothing moves, as a layer of two seams is changed by both. */
  void settle(int rounds) {
    double moved = Double.POSITIVE_INFINITY;
    for (int round = 0; round < rounds && moved > CONVERGED; round++) {
      moved = 0;
      for (Seam seam : seams) {
        moved = Math.max(moved, settle(seam));
      }
    }
  }

  /** Equation 11: s = sqrt(r1 r2) / r2, so that both ranges become sqrt(r1 r2). */
  private double settle(Seam seam) {
    double[] given = given(seam);
    double[] read = read(seam);
    double leastGiven = SILENT * largest(given);
    double leastRead = SILENT * largest(read);
    double moved = 0;
    double[] out = outward.get(seam.first().node());
    double[] in = inward.get(seam.second().node());
    for (int channel = 0; channel < seam.channels(); channel++) {
      if (given[channel] > leastGiven && read[channel] > leastRead) {
        double factor = Math.sqrt(given[channel] / read[channel]);
        out[channel] *= factor;
        for (int i = 0; i < seam.positions(); i++) {
          in[channel * seam.positions() + i] *= factor;
        }
        moved = Math.max(moved, Math.abs(Math.log(factor)));
      }
    }
    return moved;
  }

  static double largest(double[] ranges) {
    return Arrays.stream(ranges).max().orElse(0);
  }

  /** The narrowest range over the widest. */
  static double evenness(double[] ranges) {
    return Arrays.stream(ranges).min().orElse(0) / Math.max(largest(ranges), Double.MIN_NORMAL);
  }

  /** The largest magnitude of each output channel of the first layer. */
  double[] given(Seam seam) {
    double[] ranges = new double[seam.channels()];
    Layer layer = seam.first();
    float[] own = weights.get(layer.weight());
    for (int i = 0; i < own.length; i++) {
      int channel = layer.output(i);
      ranges[channel] = Math.max(ranges[channel], Math.abs(own[i] * factor(layer, i)));
    }
    return ranges;
  }

  /** The largest magnitude of what the second layer multiplies each channel by. */
  double[] read(Seam seam) {
    double[] ranges = new double[seam.channels()];
    Layer layer = seam.second();
    float[] own = weights.get(layer.weight());
    for (int i = 0; i < own.length; i++) {
      int channel = seam.read(i);
      ranges[channel] = Math.max(ranges[channel], Math.abs(own[i] * factor(layer, i)));
    }
    return ranges;
  }

  private double factor(Layer layer, int index) {
    return inward.get(layer.node())[layer.input(index)]
        / outward.get(layer.node())[layer.output(index)];
  }

  /** What the outputs of a seam's first layer are divided by. */
  double[] divisors(Seam seam) {
    return outward.get(seam.first().node()).clone();
  }

  /** The weights and biases as the factors make them. */
  Map<String, float[]> apply(Network network) {
    Map<String, float[]> values = new LinkedHashMap<>();
    network
        .architecture()
        .structure()
        .parameters()
        .forEach(spec -> values.put(spec.name(), network.values(spec.name())));
    for (Seam seam : seams) {
      rescale(seam.first(), values);
      rescale(seam.second(), values);
      seam.first().bias().ifPresent(name -> divide(values.get(name), divisors(seam)));
    }
    return values;
  }

  private void rescale(Layer layer, Map<String, float[]> values) {
    float[] own = weights.get(layer.weight());
    float[] scaled = new float[own.length];
    for (int i = 0; i < own.length; i++) {
      scaled[i] = (float) (own[i] * factor(layer, i));
    }
    values.put(layer.weight(), scaled);
  }

  private static void divide(float[] values, double[] divisors) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (values[i] / divisors[i]);
    }
  }
}
