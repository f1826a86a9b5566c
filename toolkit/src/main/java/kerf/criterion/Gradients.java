package kerf.criterion;

import java.util.Map;
import java.util.Set;
import kerf.argument.Argument;
import kerf.data.Samples;
import kerf.training.CrossEntropy;
import kerf.training.Loss;

/**
 * The gradient of the mean loss over the data by each weight, pruned ones included.
 *
 * @param pass whether the network computes as in training or as in inference
 * @param loss such as the loss the network was trained with
 */
public record Gradients(Pass pass, Loss loss) implements Evidence<float[]> {
  /** How batch normalization and dropout behave. */
  public enum Pass {
    /** Running statistics, no dropout. */
    INFERENCE,
    /** The statistics of each batch of 128, units dropped: for networks that are not trained. */
    TRAINING
  }

  /**
   * Checks that nothing is missing.
   *
   * @param pass whether the network computes as in training or as in inference
   * @param loss such as the loss the network was trained with
   */
  public Gradients {
    Argument.require("pass", pass);
    Argument.require("loss", loss);
  }

  /**
   * The gradient of a network in use, by cross entropy.
   *
   * @return the evidence
   */
  public static Gradients inference() {
    return new Gradients(Pass.INFERENCE, new CrossEntropy());
  }

  /**
   * The gradient that a first step of training would see, by cross entropy.
   *
   * @return the evidence
   */
  public static Gradients training() {
    return new Gradients(Pass.TRAINING, new CrossEntropy());
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
    loss.requireFits(subject.network().architecture(), samples);
    try (Probe probe = Probe.of(subject.network())) {
      GradientSum sum =
          new GradientSum(
              probe, samples.size(), pass == Pass.TRAINING, GradientSum.of(loss, probe));
      Probe.batches(samples, sum);
      return probe.byLayer(sum.gradients());
    }
  }
}
