package kerf.training;

import ai.djl.ndarray.NDArray;
import java.lang.ref.Reference;
import kerf.argument.Argument;
import kerf.data.SampleTensors;
import kerf.data.Samples;
import kerf.model.DivergedException;
import kerf.model.Fit;
import kerf.model.Network;
import kerf.model.Session;
import kerf.random.RandomStream;
import kerf.tensor.Scope;
import kerf.tensor.Value;

/** Measures how well a network classifies. */
public final class Evaluator {
  /** Images computed at once: large enough for the engine, small enough for the cache. */
  private static final int BATCH = 500;

  private Evaluator() {}

  /**
   * How well a network classifies some samples.
   *
   * @param loss the mean over the samples; of cross entropy in nats
   * @param accuracy the fraction classified rightly
   */
  public record Score(double loss, double accuracy) {}

  /**
   * Measures a network by its cross entropy.
   *
   * @param network a classifier
   * @param samples one or more
   * @return its score, computed as in inference
   * @throws IllegalArgumentException if there are no samples
   */
  public static Score measure(Network network, Samples samples) {
    return measure(network, samples, new CrossEntropy());
  }

  /**
   * Measures a network by another loss. A network is measured once on the same samples by the same
   * loss; asking again costs nothing.
   *
   * @param network a classifier
   * @param samples one or more
   * @param loss what to measure besides accuracy
   * @return its score, computed as in inference
   * @throws IllegalArgumentException if there are no samples, or they, their labels and the
   *     network's outputs do not go together
   * @throws DivergedException if the network holds, or gives out, what is no finite number
   */
  public static Score measure(Network network, Samples samples, Loss loss) {
    requireFits(network, samples, loss);
    Score score = score(network, samples, loss);
    if (!Double.isFinite(score.loss())) {
      throw new DivergedException(
          "the outputs of %s on %s are not finite, with a loss of %s: its weights grew too large; train again with a smaller learning rate or .clipNorm(1)"
              .formatted(network.architecture().describe(), samples, score.loss()));
    }
    return score;
  }

  /** NaN where the network diverged. */
  static Score score(Network network, Samples samples, Loss loss) {
    return (Score) network.measured().on(samples, loss, () -> fresh(network, samples, loss));
  }

  private static Score fresh(Network network, Samples samples, Loss loss) {
    if (!network.finite()) {
      return new Score(Double.NaN, Double.NaN);
    }
    try (Scope scope = Scope.open()) {
      Session session = new Session(scope, network, RandomStream.of(0, "dropout"));
      Loss.Arithmetic arithmetic = loss.arithmetic(scope);
      arithmetic.watch(session);
      return measure(session, samples, arithmetic);
    }
  }

  /**
   * Checks, before anything is computed, that a classifier can be measured.
   *
   * @param network the classifier
   * @param samples what it is to be measured on
   * @throws IllegalArgumentException if there are no samples, or they, their labels and the
   *     network's outputs do not go together
   * @throws DivergedException if a value of the network is not finite
   */
  public static void requireFits(Network network, Samples samples) {
    Argument.require("network", network);
    Argument.require("samples", samples);
    requireFits(network, samples, new CrossEntropy());
  }

  /** Asked of all that a training measures before its first step, so that it fails at once. */
  static void requireFits(Network network, Samples samples, Loss loss) {
    Fit.require(network, samples);
    loss.requireFits(network.architecture(), samples);
  }

  /** The accuracy is NaN where the loss is not finite: the first class is nobody's answer. */
  static Score measure(Session session, Samples samples, Loss.Arithmetic loss) {
    int size = samples.size();
    SampleTensors tensors = SampleTensors.of(samples);
    try (Scope scope = Scope.open()) {
      NDArray sums = scope.tensor(new double[2], 2);
      try (Value total = Value.of(sums)) {
        for (int first = 0; first < size; first += BATCH) {
          int start = first;
          int end = Math.min(size, first + BATCH);
          Scope.passing(() -> add(session, tensors, start, end, loss, total));
        }
      }
      double[] found = sums.toDoubleArray();
      double mean = found[0] / size;
      return new Score(mean, Double.isFinite(mean) ? found[1] / size : Double.NaN);
    } finally {
      // The tensors are freed with the samples, which nobody else may hold any more.
      Reference.reachabilityFence(samples);
    }
  }

  private static void add(
      Session session,
      SampleTensors tensors,
      int first,
      int end,
      Loss.Arithmetic loss,
      Value total) {
    NDArray inputs = Scope.rows(tensors.images(), first, end);
    try (Value outputs = Value.of(session.forward(inputs, false));
        Value labels = Value.of(Scope.rows(tensors.labels(), first, end))) {
      loss.measure(new Batch(inputs, outputs, labels), total);
    }
  }
}
