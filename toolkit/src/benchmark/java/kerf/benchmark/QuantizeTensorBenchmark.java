package kerf.benchmark;

import ai.djl.ndarray.NDArray;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import kerf.observer.Observer;
import kerf.observer.ObserverState;
import kerf.quantization.FakeQuantize;
import kerf.random.RandomStream;
import kerf.scheme.IntegerFormat;
import kerf.tensor.Scope;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * CPU milliseconds to fake-quantize ten million numbers, beside PyTorch's {@code
 * fake_quantize_per_tensor_affine}, and to find their range by Kullback-Leibler divergence, which
 * PyTorch has nothing for. Medians over rounds that take turns, and the median of their ratios.
 */
@State(org.openjdk.jmh.annotations.Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(1)
public class QuantizeTensorBenchmark {
  private static final int NUMBERS = 10_000_000;
  private static final int ROUNDS = 7;
  private static final int WARMUP = 2;

  /** What is reported besides JMH's score. */
  @AuxCounters(AuxCounters.Type.EVENTS)
  @State(org.openjdk.jmh.annotations.Scope.Thread)
  public static class Cpu {
    /** Fake quantization, ours, CPU milliseconds. */
    public double kerf;

    /** PyTorch's; 0 if it was not asked. */
    public double pytorch;

    /** Ours over PyTorch's. */
    public double ratio;

    /** Calibration by divergence, CPU milliseconds. */
    public double divergence;
  }

  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  /**
   * Quantizes and calibrates, round by round.
   *
   * @param cpu what is reported
   */
  @Benchmark
  public void tensor(Cpu cpu) {
    float[] numbers = RandomStream.of(0, "numbers").gaussians(NUMBERS, 1);
    List<Double> own = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    List<Double> theirs = new ArrayList<>();
    List<Double> divergences = new ArrayList<>();
    Peer peer = Peer.wanted() ? Peer.start() : null;
    try (Scope scope = Scope.open()) {
      NDArray x = scope.tensor(numbers, NUMBERS);
      for (int round = -WARMUP; round < ROUNDS; round++) {
        double fake = spent(() -> Scope.passing(() -> fake(x)));
        double theirFake = peer == null ? 0 : peer.fakeQuantize(NUMBERS);
        double divergence = spent(() -> calibrate(numbers));
        if (round >= 0) {
          own.add(fake);
          theirs.add(theirFake);
          ratios.add(fake / theirFake);
          divergences.add(divergence);
        }
      }
    } finally {
      if (peer != null) {
        peer.close();
      }
    }
    cpu.kerf = Blocks.median(own);
    cpu.pytorch = Blocks.median(theirs);
    cpu.ratio = peer == null ? 0 : Blocks.median(ratios);
    cpu.divergence = Blocks.median(divergences);
    System.out.printf(
        Locale.ROOT,
        "%nfake quantization of ten million: Kerf %.1f ms, PyTorch %.1f ms (ratio %.2f);"
            + " calibration by divergence: Kerf %.1f ms%n",
        cpu.kerf,
        cpu.pytorch,
        cpu.ratio,
        cpu.divergence);
  }

  private static void fake(NDArray x) {
    FakeQuantize.apply(
        x,
        Scope.vectorBeside(x, 0.05f),
        Scope.vectorBeside(x, 10),
        IntegerFormat.unsigned(8).reduceRange());
  }

  private static void calibrate(float... numbers) {
    ObserverState state = Observer.kl().start(IntegerFormat.signed(8).restricted());
    state.observe(numbers, numbers.length);
    state.quantizer();
  }

  private double spent(Runnable work) {
    long start = system.getProcessCpuTime();
    work.run();
    return (system.getProcessCpuTime() - start) / 1e6;
  }
}
