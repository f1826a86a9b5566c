package kerf.notebook;

import kerf.experiment.Length;
import kerf.experiment.structured.Arm;
import kerf.experiment.structured.Structured;
import kerf.model.Network;
import kerf.slimming.Slimmed;
import kerf.slimming.Slimming;

/** Words for slimming, and for structured against unstructured pruning. */
class StructuredWords extends RobustnessWords {
  StructuredWords() {}

  /**
   * Begins a plan of slimming.
   *
   * @return the plan that removes all channels that can go
   */
  public static Slimming slimming() {
    return Slimming.plan();
  }

  /**
   * Removes from a pruned network, physically, every channel that its mask has made useless.
   *
   * @param masked a network of which filters or neurons are pruned whole
   * @return a smaller network with the same outputs; it shows what was cut
   */
  public static Slimmed slim(Network masked) {
    return Slimming.plan().slim(masked);
  }

  /**
   * The experiment of Liu et al. 2019, at the length asked for by whoever started the kernel (quick
   * unless told otherwise).
   *
   * @return the plan
   */
  public static Structured structured() {
    return Structured.of(Length.asked());
  }

  /**
   * The experiment of Liu et al. 2019.
   *
   * @param length how much of it to run
   * @return the plan
   */
  public static Structured structured(Length length) {
    return Structured.of(length);
  }

  /**
   * An arm of that experiment.
   *
   * @param name as its tables name it, such as {@code filters, L1} or {@code weights, global}
   * @return the arm
   */
  public static Arm arm(String name) {
    return Arm.named(name);
  }
}
