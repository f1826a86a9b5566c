package kerf.notebook;

import kerf.argument.Argument;
import kerf.experiment.Length;
import kerf.experiment.structured.Arm;
import kerf.experiment.structured.Structured;

/** Words for structured against unstructured pruning. */
class StructuredWords extends DamageWords {
  StructuredWords() {}

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
    Argument.require("length", length);
    return Structured.of(length);
  }

  /**
   * An arm of that experiment.
   *
   * @param name as its tables name it, such as {@code filters, L1} or {@code weights, global}
   * @return the arm
   */
  public static Arm arm(String name) {
    Argument.require("name", name);
    return Arm.named(name);
  }
}
