package kerf.criterion;

import java.util.Map;
import java.util.Set;
import kerf.data.Samples;

/**
 * The gradient of the mean cross entropy over the data by each weight, pruned ones included.
 *
 * @param pass whether the network computes as in training or as in inference
 */
public record Gradients(Pass pass) implements Evidence<float[]> {
  /** How batch normalization and dropout behave. */
  public enum Pass {
    /** Running statistics, no dropout. */
    INFERENCE,
    /** The statistics of each batch of 128, units dropped: for networks that are not trained. */
    TRAINING
  }

  /**
   * The gradient of a network in use.
   *
   * @return the evidence
   */
  public static Gradients inference() {
    return new Gradients(Pass.INFERENCE);
  }

  /**
   * The gradient that a first step of training would see.
   *
   * @return the evidence
   */
  public static Gradients training() {
    return new Gradients(Pass.TRAINING);
  }

  @Override
  public String name() {
    return "gradients";
  }

  @Override
  public Set<Need> needs() {
    return Set.of(Need.DATA);
  }

  @Override
  public Map<String, float[]> find(Subject subject) {
    Samples samples = subject.data();
    try (Probe probe = Probe.of(subject.network())) {
      GradientSum sum = new GradientSum(probe, samples.size(), pass == Pass.TRAINING, 1);
      Probe.batches(samples, sum);
      return probe.byLayer(sum.gradients());
    }
  }
}
