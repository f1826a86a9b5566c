package kerf.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import kerf.data.Datasets;
import kerf.mask.Mask;
import kerf.model.Architecture;
import kerf.model.Lenet300100;
import kerf.model.Lenet5;
import kerf.model.Network;
import kerf.training.Adam;
import kerf.training.Checkpoint;
import kerf.training.Step;
import kerf.training.Training;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * CPU milliseconds of a training step with Adam on MNIST, and PyTorch's beside it.
 *
 * <p>Run it with
 *
 * <pre>
 * ./mvnw -pl datasets,toolkit -Pbenchmark -DskipTests verify
 * ./mvnw -pl datasets,toolkit -Pbenchmark -DskipTests verify -Dkerf.python=PATH
 * </pre>
 *
 * where PATH is a Python with torch. The numbers are medians over blocks of steps, and ratios
 * medians over pairs of neighbouring blocks, so that they stand load on the machine. They are CPU
 * times, of all threads: a step's time on the clock says little on a shared machine. JMH's own
 * score is the time on the clock of the whole run.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(1)
public class StepBenchmark {
  private static final int BLOCKS = 11;
  private static final int WARMUP = 3;

  /** Which network. */
  @Param({"lenet300100", "lenet5"})
  public String net;

  /** The fraction of weights kept. */
  @Param({"1.0", "0.5"})
  public double density;

  /** What is reported besides JMH's score. */
  @AuxCounters(AuxCounters.Type.EVENTS)
  @State(Scope.Thread)
  public static class Cpu {
    /** Ours, CPU milliseconds a step. */
    public double kerf;

    /** PyTorch's with its defaults; 0 if it was not asked. */
    public double pytorch;

    /** PyTorch's with its fused Adam; 0 if it was not asked. */
    public double pytorchFused;

    /** Ours over PyTorch's with its defaults. */
    public double ratio;

    /** Ours over PyTorch's with its fused Adam. */
    public double ratioFused;
  }

  /**
   * Trains, block by block.
   *
   * @param cpu what is reported
   */
  @Benchmark
  public void step(Cpu cpu) {
    if (Peer.wanted()) {
      try (Peer peer = Peer.start()) {
        List<DoubleSupplier> peers = new ArrayList<>();
        for (String adam : List.of("default", "fused")) {
          peers.add(() -> peer.steps(net, density, adam, block()));
        }
        Blocks blocks = train(peers);
        cpu.pytorch = blocks.milliseconds(0);
        cpu.pytorchFused = blocks.milliseconds(1);
        cpu.ratio = blocks.ratio(0);
        cpu.ratioFused = blocks.ratio(1);
        cpu.kerf = blocks.milliseconds();
        System.out.printf(
            Locale.ROOT,
            "%n%s, density %.1f: Kerf %.3f ms, PyTorch %.3f ms (ratio %.2f), with fused Adam %.3f ms"
                + " (ratio %.2f)%n",
            net,
            density,
            cpu.kerf,
            cpu.pytorch,
            cpu.ratio,
            cpu.pytorchFused,
            cpu.ratioFused);
      }
    } else {
      cpu.kerf = train(List.of()).milliseconds();
      System.out.printf(Locale.ROOT, "%n%s, density %.1f: Kerf %.3f ms%n", net, density, cpu.kerf);
    }
  }

  private Blocks train(List<DoubleSupplier> peers) {
    Blocks blocks = new Blocks(block(), WARMUP, peers);
    int steps = block() * (WARMUP + BLOCKS);
    plan(steps, net.equals("lenet5") ? 64 : 60)
        .hook(blocks)
        .resume(Checkpoint.start(network(net, density)), Datasets.mnist());
    return blocks;
  }

  /** Steps for about a second: the system counts a process's CPU time in hundredths of it. */
  private int block() {
    return net.equals("lenet5") ? 40 : 500;
  }

  /** A training that evaluates only at its ends. */
  static Training plan(int steps, int batch) {
    return Training.defaults()
        .optimizer(new Adam(1.2e-3))
        .batch(batch)
        .until(Step.iterations(steps))
        .evaluateEvery(Step.iterations(steps));
  }

  static Network network(String net, double density) {
    Architecture architecture = net.equals("lenet5") ? new Lenet5() : new Lenet300100();
    Network dense = architecture.initialize(1);
    return density == 1 ? dense : dense.masked(half(dense.mask()));
  }

  /** Prunes every other weight. */
  private static Mask half(Mask mask) {
    return Mask.of(
        mask.layers().stream()
            .map(
                layer -> {
                  int[] odd = new int[layer.size() / 2];
                  for (int i = 0; i < odd.length; i++) {
                    odd[i] = 2 * i + 1;
                  }
                  return layer.without(odd);
                })
            .toList());
  }
}
