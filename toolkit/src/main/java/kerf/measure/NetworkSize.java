package kerf.measure;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import kerf.model.Network;
import kerf.model.ParameterSpec;
import kerf.storage.SparseFloats;
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
 * @param denseBytes 4 bytes for every number, running statistics included
 * @param packedBytes the length of {@link #pack}
 * @param gzipBytes the length of the same after gzip at its best
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
    byte[] packed = pack(network);
    Macs macs = Macs.of(network);
    return new NetworkSize(
        all.size,
        all.nonzeros,
        prunable.size,
        prunable.nonzeros,
        macs.dense,
        macs.effective,
        4 * stored,
        packed.length,
        gzip(packed));
  }

  /**
   * Packs every parameter in the cheapest form of {@link SparseFloats}, one after the other in the
   * structure's order: all that a reader who knows the architecture needs.
   *
   * @param network any network
   * @return the packed bytes
   */
  public static byte[] pack(Network network) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (ParameterSpec spec : network.architecture().structure().parameters()) {
      int rows = Math.toIntExact(spec.shape().length == 0 ? 1 : spec.shape()[0]);
      bytes.writeBytes(SparseFloats.pack(network.values(spec.name()), rows));
    }
    return bytes.toByteArray();
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
    try {
      return Graph.of(network).positions();
    } catch (IllegalArgumentException e) {
      // A user's block may do what no graph can tell; the card then has a gap, not an error.
      return Map.of();
    }
  }

  private static long nonzeros(float... values) {
    long nonzeros = 0;
    for (float value : values) {
      nonzeros += value == 0 ? 0 : 1;
    }
    return nonzeros;
  }

  private static long gzip(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out =
        new GZIPOutputStream(packed) {
          {
            def.setLevel(Deflater.BEST_COMPRESSION);
          }
        }) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.size();
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
