package kerf.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import kerf.coding.Huffman;
import kerf.random.RandomStream;
import kerf.sharing.Clustering;
import kerf.sharing.Start;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Megabytes a second of one core that decoding Huffman codes gives, a symbol counted as one byte,
 * and CPU milliseconds to find 32 values for a million weights to share, beside scikit-learn's.
 * Medians over rounds that take turns.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(1)
public class CodingBenchmark {
  private static final int SYMBOLS = 10_000_000;
  private static final int WEIGHTS = 1_000_000;
  private static final int CLUSTERS = 32;
  private static final int ROUNDS = 7;
  private static final int WARMUP = 3;

  /** What is reported besides JMH's score. */
  @AuxCounters(AuxCounters.Type.EVENTS)
  @State(Scope.Thread)
  public static class Speed {
    /** Decoded symbols of one byte, megabytes a second. */
    public double huffman;

    /** K-means, ours, CPU milliseconds. */
    public double kmeans;

    /** Scikit-learn's, CPU milliseconds; 0 if it was not asked. */
    public double sklearn;
  }

  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  /**
   * Decodes and clusters, round by round.
   *
   * @param speed what is reported
   */
  @Benchmark
  public void coding(Speed speed) {
    float[] weights = RandomStream.of(0, "weights").gaussians(WEIGHTS, 1);
    int[] symbols = symbols();
    long[] counts = new long[64];
    Arrays.stream(symbols).forEach(symbol -> counts[symbol]++);
    Huffman code = Huffman.ofCounts(counts);
    byte[] encoded = code.encode(symbols);
    List<Double> decoding = new ArrayList<>();
    List<Double> own = new ArrayList<>();
    List<Double> theirs = new ArrayList<>();
    Peer peer = Peer.wanted() ? Peer.start() : null;
    for (int round = -WARMUP; round < ROUNDS; round++) {
      double decoded = spent(() -> code.decode(encoded, SYMBOLS));
      double clustered = spent(() -> Clustering.of(weights, CLUSTERS, new Start.Linear()));
      double other = peer == null || round < 0 ? 0 : peer.kMeans(WEIGHTS, CLUSTERS);
      if (round >= 0) {
        decoding.add(SYMBOLS / 1000.0 / decoded);
        own.add(clustered);
        theirs.add(other);
      }
    }
    if (peer != null) {
      peer.close();
    }
    speed.huffman = Blocks.median(decoding);
    speed.kmeans = Blocks.median(own);
    speed.sklearn = Blocks.median(theirs);
    System.out.printf(
        Locale.ROOT,
        "Huffman decoding: %.0f MB/s at %.2f bits a symbol%n"
            + "k-means of %,d weights to %d: %.0f ms; scikit-learn %.0f ms (CPU time)%n",
        speed.huffman,
        8.0 * encoded.length / SYMBOLS,
        WEIGHTS,
        CLUSTERS,
        speed.kmeans,
        speed.sklearn);
  }

  /** Labels as those of weights that share 64 values. */
  private static int[] symbols() {
    float[] numbers = RandomStream.of(1, "symbols").gaussians(SYMBOLS, 8);
    int[] symbols = new int[SYMBOLS];
    for (int i = 0; i < SYMBOLS; i++) {
      symbols[i] = Math.max(0, Math.min(63, Math.round(32 + numbers[i])));
    }
    return symbols;
  }

  private double spent(Runnable work) {
    long before = system.getProcessCpuTime();
    work.run();
    return (system.getProcessCpuTime() - before) / 1e6;
  }
}
