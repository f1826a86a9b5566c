package kerf.measure;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import kerf.data.Samples;
import kerf.display.Interrupts;
import kerf.model.Fit;
import kerf.model.Network;
import kerf.model.Session;
import kerf.random.RandomStream;
import kerf.tensor.Scope;

/**
 * How long networks take for a batch, on the clock, with the engine's threads ({@code
 * -Dkerf.threads}, 1 by default).
 *
 * <p>Each network computes until it is warm. Then they take turns, round by round and each round
 * beginning with another, so that what disturbs the machine disturbs all of them; a network's time
 * is its median over the rounds. Where a computation takes less than a millisecond several are
 * timed together. Compare only what was measured together, and on a quiet machine.
 *
 * <p>A mask makes nothing faster here, and can make it slower: where weights became tiny,
 * activations can be denormal numbers (below 1.2e-38), on which many processors take a hundred
 * times as long (pytorch/pytorch#46180). What is physically smaller is faster.
 */
public final class Latency {
  private static final long WARM_NANOS = 200_000_000;
  private static final int WARM_CALLS = 3;
  private static final double LEAST_NANOS = 1e6;

  private Latency() {}

  /**
   * Times networks against each other.
   *
   * @param networks one or more, of one input shape
   * @param samples what they compute on, over and over where there are too few
   * @param batch images a computation, at least 1
   * @param rounds how often each is timed, at least 1
   * @return the median milliseconds of a batch, for each network
   */
  public static List<Double> medians(
      List<Network> networks, Samples samples, int batch, int rounds) {
    networks.forEach(network -> Fit.require(network, samples));
    try (Scope scope = Scope.open()) {
      NDArray images = scope.tensor(inputs(samples, batch), shape(samples, batch));
      List<Runnable> computations = new ArrayList<>();
      for (Network network : networks) {
        Session session = new Session(scope, network, RandomStream.of(0, "dropout"));
        computations.add(() -> Scope.passing(() -> session.forward(images, false)));
      }
      return medians(computations, rounds);
    }
  }

  /**
   * Times computations of any kind against each other, such as those of another runtime.
   *
   * @param computations one or more
   * @param rounds how often each is timed, at least 1
   * @return the median milliseconds of each
   */
  public static List<Double> medians(List<? extends Runnable> computations, int rounds) {
    List<Clocked> clocked = new ArrayList<>();
    for (Runnable computation : computations) {
      clocked.add(Clocked.warm(computation));
    }
    for (int round = 0; round < rounds; round++) {
      for (int turn = 0; turn < clocked.size(); turn++) {
        Interrupts.check();
        clocked.get((round + turn) % clocked.size()).time();
      }
    }
    return clocked.stream().map(Clocked::median).toList();
  }

  private static long[] shape(Samples samples, int batch) {
    long[] image = samples.inputShape();
    long[] shape = new long[image.length + 1];
    shape[0] = batch;
    System.arraycopy(image, 0, shape, 1, image.length);
    return shape;
  }

  private static float[] inputs(Samples samples, int batch) {
    float[] some = samples.first(Math.min(batch, samples.size())).inputs();
    float[] inputs = new float[some.length / Math.min(batch, samples.size()) * batch];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = some[i % some.length];
    }
    return inputs;
  }

  /** A computation with the times it took. */
  private static final class Clocked {
    private final Runnable computation;
    private final int calls;
    private final List<Double> milliseconds = new ArrayList<>();

    private Clocked(Runnable computation, int calls) {
      this.computation = computation;
      this.calls = calls;
    }

    static Clocked warm(Runnable computation) {
      List<Double> nanos = new ArrayList<>();
      long end = System.nanoTime() + WARM_NANOS;
      while (nanos.size() < WARM_CALLS || System.nanoTime() < end) {
        Interrupts.check();
        nanos.add(nanos(computation, 1));
      }
      return new Clocked(computation, (int) Math.max(1, Math.ceil(LEAST_NANOS / middle(nanos))));
    }

    void time() {
      milliseconds.add(nanos(computation, calls) / calls / 1e6);
    }

    double median() {
      return middle(milliseconds);
    }

    private static double nanos(Runnable computation, int calls) {
      long start = System.nanoTime();
      for (int i = 0; i < calls; i++) {
        computation.run();
      }
      return System.nanoTime() - start;
    }
  }

  private static double middle(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return Arrays.stream(sorted, (sorted.length - 1) / 2, sorted.length / 2 + 1)
        .average()
        .orElseThrow();
  }
}
