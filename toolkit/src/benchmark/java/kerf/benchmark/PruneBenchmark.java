package kerf.benchmark;

import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import kerf.granularity.Scope;
import kerf.model.Network;
import kerf.pruning.Pruning;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * CPU milliseconds to prune a network of 25 million weights in ten layers by one ranking, and those
 * of PyTorch's {@code global_unstructured} beside it: masks and masked weights, both.
 *
 * <p>Medians over rounds that take turns, and the median of their ratios.
 */
@State(org.openjdk.jmh.annotations.Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(1)
public class PruneBenchmark {
  private static final int LAYERS = 10;
  private static final int WIDE = 5000;
  private static final int NARROW = 500;
  private static final int ROUNDS = 7;
  private static final int WARMUP = 2;

  /** The fraction of weights that go. */
  @Param({"0.5", "0.9"})
  public double sparsity;

  /** What is reported besides JMH's score. */
  @AuxCounters(AuxCounters.Type.EVENTS)
  @State(org.openjdk.jmh.annotations.Scope.Thread)
  public static class Cpu {
    /** Ours, CPU milliseconds. */
    public double kerf;

    /** PyTorch's; 0 if it was not asked. */
    public double pytorch;

    /** Ours over PyTorch's. */
    public double ratio;

    /**
     * All that choosing the mask allocated, over the bytes of the weights. How much of it is live
     * at once is the matter of {@link MemoryBenchmark#mask}.
     */
    public double copies;
  }

  /**
   * Prunes, round by round.
   *
   * @param cpu what is reported
   */
  @Benchmark
  public void prune(Cpu cpu) {
    Network network = network();
    Pruning plan = Pruning.plan().scope(Scope.GLOBAL).sparsity(sparsity);
    cpu.copies = allocated(() -> plan.mask(network)) / (4.0 * network.mask().size());
    if (!Peer.wanted()) {
      cpu.kerf = rounds(() -> plan.prune(network), List.of()).get(0);
      report(cpu);
      return;
    }
    try (Peer peer = Peer.start()) {
      List<DoubleSupplier> peers = List.of(() -> peer.prune(LAYERS, WIDE, NARROW, sparsity));
      List<Double> found = rounds(() -> plan.prune(network), peers);
      cpu.kerf = found.get(0);
      cpu.pytorch = found.get(1);
      cpu.ratio = found.get(2);
      report(cpu);
    }
  }

  private void report(Cpu cpu) {
    System.out.printf(
        Locale.ROOT,
        "%n25 million weights, sparsity %.1f: Kerf %.0f ms, PyTorch %.0f ms (ratio %.2f); %.2f copies of"
            + " the weights allocated in all%n",
        sparsity,
        cpu.kerf,
        cpu.pytorch,
        cpu.ratio,
        cpu.copies);
  }

  /** The medians of ours, of the peer's, and of the ratio. */
  private static List<Double> rounds(Runnable work, List<DoubleSupplier> peers) {
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    List<Double> own = new ArrayList<>();
    List<Double> others = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    for (int round = -WARMUP; round < ROUNDS; round++) {
      long start = system.getProcessCpuTime();
      work.run();
      double milliseconds = (system.getProcessCpuTime() - start) / 1e6;
      double other = peers.isEmpty() ? 0 : peers.get(0).getAsDouble();
      if (round >= 0) {
        own.add(milliseconds);
        others.add(other);
        ratios.add(other == 0 ? 0 : milliseconds / other);
      }
    }
    return List.of(Blocks.median(own), Blocks.median(others), Blocks.median(ratios));
  }

  private static long allocated(Runnable work) {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    work.run();
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  static Network network() {
    SequentialBlock block = new SequentialBlock();
    for (int layer = 0; layer < LAYERS; layer++) {
      block.add(Linear.builder().setUnits(layer % 2 == 0 ? NARROW : WIDE).optBias(false).build());
    }
    return Network.of(block, WIDE);
  }
}
