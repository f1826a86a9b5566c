package kerf.measure;

import java.util.Map;
import kerf.coding.Encoded;
import kerf.coding.Gzip;
import kerf.model.Network;
import kerf.model.ParameterSpec;
import kerf.qat.QatTrained;
import kerf.quantization.Quantized;
import kerf.trace.Graph;

/**
 * How large a network is.
 *
 * @param parameters the numbers that are trained: weights, biases, scales and shifts
 * @param nonzeros those of them that are not 0
 * @param prunable the weights that masks act on
 * @param prunableNonzeros those of them that are not 0
 * @param macs multiplications, each with an addition, of layers with weights for one sample,
 *     whatever is pruned; -1 where the network cannot be traced
 * @param effectiveMacs those of them whose weight is not 0: what hardware could save that skips
 *     zeros; the engine does not. -1 where the network cannot be traced
 * @param denseBytes every number at its width, zeros and running statistics included: 4 bytes a
 *     float, 1 an integer of 8 bits, with scales and shared values
 * @param packedBytes the size of the network as a file, {@link Encoded#size}: its zeros, formats
 *     and shared values made use of, and the graph in it
 * @param gzipBytes the dense numbers after gzip at its best, {@link Encoded#plain}
 */
public record NetworkSize(
    long parameters,
    long nonzeros,
    long prunable,
    long prunableNonzeros,
    long macs,
    long effectiveMacs,
    long denseBytes,
    long packedBytes,
    long gzipBytes) {

  /**
   * Measures a network.
   *
   * @param network any network
   * @return its size
   */
  public static NetworkSize of(Network network) {
    return network instanceof QatTrained trained ? counted(trained.quantized()) : counted(network);
  }

  private static NetworkSize counted(Network network) {
    Count all = new Count();
    Count prunable = new Count();
    long stored = 0;
    for (ParameterSpec spec : network.architecture().structure().parameters()) {
      long nonzeros = nonzeros(network.values(spec.name()));
      stored += spec.size();
      if (spec.role().trained()) {
        all.add(spec.size(), nonzeros);
      }
      if (spec.prunable()) {
        prunable.add(spec.size(), nonzeros);
      }
    }
    Macs macs = Macs.of(network);
    return new NetworkSize(
        all.size,
        all.nonzeros,
        prunable.size,
        prunable.nonzeros,
        macs.dense,
        macs.effective,
        network instanceof Quantized quantized ? quantized.bytes() : 4 * stored,
        Encoded.of(network).size(),
        Gzip.bytes(Encoded.plain(network)));
  }

  /**
   * The share of zeros among the weights that masks act on.
   *
   * @return a fraction in [0, 1]
   */
  public double prunableSparsity() {
    return (double) (prunable - prunableNonzeros) / prunable;
  }

  /**
   * The share of zeros among all numbers that are trained.
   *
   * @return a fraction in [0, 1]
   */
  public double sparsity() {
    return (double) (parameters - nonzeros) / parameters;
  }

  /**
   * How often each weight multiplies something for one sample, by the name of the parameter; empty
   * where the network cannot be traced.
   */
  static Map<String, Long> positions(Network network) {
    // A user's block may do what no graph can tell; the card then has a gap, not an error.
    return Graph.ifTraceable(network).map(Graph::positions).orElse(Map.of());
  }

  private static long nonzeros(float... values) {
    long nonzeros = 0;
    for (float value : values) {
      nonzeros += value == 0 ? 0 : 1;
    }
    return nonzeros;
  }

  private static final class Count {
    private long size;
    private long nonzeros;

    void add(long elements, long notZero) {
      size += elements;
      nonzeros += notZero;
    }
  }

  private record Macs(long dense, long effective) {
    static Macs of(Network network) {
      Map<String, Long> positions = positions(network);
      if (positions.isEmpty()) {
        return new Macs(-1, -1);
      }
      long dense = 0;
      long effective = 0;
      for (Map.Entry<String, Long> weight : positions.entrySet()) {
        float[] values = network.values(weight.getKey());
        dense += weight.getValue() * values.length;
        effective += weight.getValue() * nonzeros(values);
      }
      return new Macs(dense, effective);
    }
  }
}
