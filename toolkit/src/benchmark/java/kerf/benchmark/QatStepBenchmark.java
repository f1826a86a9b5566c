package kerf.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import kerf.data.Datasets;
import kerf.model.Architecture;
import kerf.model.CifarResnet;
import kerf.model.Lenet5;
import kerf.model.Network;
import kerf.qat.Qat;
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
 * CPU milliseconds of a step of quantization-aware training on images of MNIST's size, batch 64,
 * every layer quantized, and beside it those of PyTorch's {@code prepare_qat}. Run and read as
 * {@link StepBenchmark}, with {@code -Dbenchmark=QatStep}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(1)
public class QatStepBenchmark {
  private static final int BLOCKS = 9;
  private static final int WARMUP = 2;

  /** Which network. */
  @Param({"lenet5", "resnet20"})
  public String net;

  /** What is reported besides JMH's score. */
  @AuxCounters(AuxCounters.Type.EVENTS)
  @State(Scope.Thread)
  public static class Cpu {
    /** Ours, CPU milliseconds a step. */
    public double kerf;

    /** Ours without quantization. */
    public double kerfFloat;

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
    Architecture architecture =
        net.equals("lenet5") ? new Lenet5() : new CifarResnet(20).input(1, 28, 28);
    Network start = architecture.initialize(1);
    Network prepared = Qat.plan().ends().prepare(start);
    cpu.kerfFloat = train(start, List.of()).milliseconds();
    if (Peer.wanted()) {
      try (Peer peer = Peer.start()) {
        List<DoubleSupplier> peers = new ArrayList<>();
        for (String adam : List.of("default", "fused")) {
          peers.add(() -> peer.qatSteps(net, adam, block()));
        }
        Blocks blocks = train(prepared, peers);
        cpu.kerf = blocks.milliseconds();
        cpu.pytorch = blocks.milliseconds(0);
        cpu.pytorchFused = blocks.milliseconds(1);
        cpu.ratio = blocks.ratio(0);
        cpu.ratioFused = blocks.ratio(1);
      }
    } else {
      cpu.kerf = train(prepared, List.of()).milliseconds();
    }
    System.out.printf(
        Locale.ROOT,
        "%n%s: Kerf %.3f ms, float %.3f ms, PyTorch %.3f ms (ratio %.2f), with fused Adam %.3f ms"
            + " (ratio %.2f)%n",
        net,
        cpu.kerf,
        cpu.kerfFloat,
        cpu.pytorch,
        cpu.ratio,
        cpu.pytorchFused,
        cpu.ratioFused);
  }

  private Blocks train(Network start, List<DoubleSupplier> peers) {
    Blocks blocks = new Blocks(block(), WARMUP, peers);
    int steps = block() * (WARMUP + BLOCKS);
    Training.defaults()
        .optimizer(new Adam(1.2e-3))
        .batch(64)
        .until(Step.iterations(steps))
        .evaluateEvery(Step.iterations(steps))
        .hook(blocks)
        .resume(Checkpoint.start(start), Datasets.mnist().sample(4_000, 500, 500, 0));
    return blocks;
  }

  /** Steps for about a second: the system counts a process's CPU time in hundredths of it. */
  private int block() {
    return net.equals("lenet5") ? 40 : 4;
  }
}
