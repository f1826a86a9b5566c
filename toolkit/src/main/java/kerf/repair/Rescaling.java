package kerf.repair;

import java.util.LinkedHashMap;
import java.util.Map;
import kerf.model.Network;
import kerf.quantization.Folding;
import kerf.random.RandomStream;
import kerf.trace.BatchNorm;
import kerf.trace.Graph;
import kerf.trace.Node;

/**
 * The opposite of equalization: makes the channels of a network uneven without changing what it
 * computes. To see what repairs do for networks that are so by nature.
 *
 * <p>Behind batch normalization each channel is multiplied by a power of two (its scale and shift),
 * and what reads it divided by that. Powers of two change exponents alone, so outputs stay to the
 * last bit.
 */
public final class Rescaling {
  private Rescaling() {}

  /**
   * Makes a network uneven.
   *
   * @param network a network with batch normalization
   * @param exponent channels are multiplied by {@code 2^-exponent} to {@code 2^exponent}, each
   *     whole power as likely
   * @param seed decides which
   * @return a network of the same architecture with the same outputs
   * @throws IllegalArgumentException if the exponent is not 1 to 16
   */
  public static Network uneven(Network network, int exponent, long seed) {
    if (exponent < 1 || exponent > 16) {
      throw new IllegalArgumentException("exponent must be 1 to 16, found " + exponent);
    }
    Graph graph = Graph.of(network);
    Map<String, float[]> values = new LinkedHashMap<>();
    network
        .architecture()
        .structure()
        .parameters()
        .forEach(spec -> values.put(spec.name(), network.values(spec.name())));
    RandomStream stream = RandomStream.of(seed, "rescaling");
    for (Seam seam : Seams.of(Graph.of(Folding.fold(network))).seams()) {
      RandomStream own = stream.split(seam.first().node());
      for (Node reader : graph.readers(seam.first().node())) {
        if (reader.operator() instanceof BatchNorm norm) {
          float[] factors = new float[seam.channels()];
          for (int c = 0; c < factors.length; c++) {
            factors[c] = (float) Math.scalb(1.0, own.nextInt(2 * exponent + 1) - exponent);
          }
          multiply(values.get(norm.scale()), factors);
          multiply(values.get(norm.shift()), factors);
          float[] weights = values.get(seam.second().weight());
          for (int i = 0; i < weights.length; i++) {
            weights[i] /= factors[seam.read(i)];
          }
        }
      }
    }
    return network.revalued(values);
  }

  private static void multiply(float[] values, float... factors) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= factors[i];
    }
  }
}
