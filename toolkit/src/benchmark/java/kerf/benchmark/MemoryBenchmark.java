package kerf.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import kerf.data.Datasets;
import kerf.granularity.Scope;
import kerf.mask.Mask;
import kerf.model.Network;
import kerf.pruning.Pruning;
import kerf.training.Checkpoint;
import kerf.training.Run;
import kerf.training.TrainingHook;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/** Training does not grow the process, and pruning needs little room besides the weights. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(value = 1, jvmArgsAppend = "-Xmx512m")
public class MemoryBenchmark {
  private static final Path STATUS = Path.of("/proc/self/status");

  /**
   * Takes 20,000 steps of a masked LeNet-300-100; fails if the process grows by more than 20 MB
   * after the first 2,000. Linux only: elsewhere it measures the time.
   */
  @Benchmark
  public void steps() {
    long[] resident = new long[2];
    TrainingHook watch =
        new TrainingHook() {
          @Override
          public void afterStep(Run run) {
            if (run.iteration() == 2_000) {
              resident[0] = resident();
            } else if (run.iteration() == 20_000) {
              resident[1] = resident();
            }
          }
        };
    StepBenchmark.plan(20_000, 60)
        .hook(watch)
        .resume(Checkpoint.start(StepBenchmark.network("lenet300100", 0.5)), Datasets.mnist());
    System.out.printf(
        "%nresident memory after 2,000 steps: %,d kB, after 20,000: %,d kB%n",
        resident[0], resident[1]);
    if (resident[1] - resident[0] > 20_000) {
      throw new IllegalStateException(
          "20,000 steps must not grow the process by more than 20,000 kB, found %,d kB"
              .formatted(resident[1] - resident[0]));
    }
  }

  /**
   * Chooses a global mask over 25 million weights, 95 MiB, in a heap that holds the weights, two
   * copies of them and 14 MiB for everything else; fails if that is not enough.
   */
  @Benchmark
  @Fork(value = 1, jvmArgsAppend = "-Xmx300m")
  public void mask() {
    Network network = PruneBenchmark.network();
    Mask mask = Pruning.plan().scope(Scope.GLOBAL).sparsity(0.9).mask(network);
    System.out.printf("%n%s, in a heap of 300 MiB%n", mask);
  }

  /** Kilobytes, after a garbage collection; 0 where the system does not tell. */
  private static long resident() {
    System.gc();
    if (!Files.exists(STATUS)) {
      return 0;
    }
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
