package kerf.notebook;

import kerf.argument.Argument;
import kerf.experiment.Length;
import kerf.experiment.damage.BrainDamage;
import kerf.experiment.damage.Trimming;
import kerf.experiment.damage.XorSurgery;

/** Words for second-order pruning on XOR and on digits. */
class DamageWords extends RobustnessWords {
  DamageWords() {}

  /**
   * Which weight of a network that knows XOR goes first, at the length asked for by whoever started
   * the kernel (quick unless told otherwise).
   *
   * @return the plan
   */
  public static XorSurgery xorSurgery() {
    return XorSurgery.of(Length.asked());
  }

  /**
   * Which weight of a network that knows XOR goes first.
   *
   * @param length how much of it to run
   * @return the plan
   */
  public static XorSurgery xorSurgery(Length length) {
    Argument.require("length", length);
    return XorSurgery.of(length);
  }

  /**
   * The loss of a digit network as its weights are deleted, foretold and measured, at the length
   * asked for by whoever started the kernel (quick unless told otherwise).
   *
   * @return the plan
   */
  public static BrainDamage brainDamage() {
    return BrainDamage.of(Length.asked());
  }

  /**
   * The loss of a digit network as its weights are deleted, foretold and measured.
   *
   * @param length how much of it to run
   * @return the plan
   */
  public static BrainDamage brainDamage(Length length) {
    Argument.require("length", length);
    return BrainDamage.of(length);
  }

  /**
   * Units that seldom speak are removed round by round, and survivors compared with fresh weights,
   * at the length asked for by whoever started the kernel (quick unless told otherwise).
   *
   * @return the plan
   */
  public static Trimming trimming() {
    return Trimming.of(Length.asked());
  }

  /**
   * Units that seldom speak are removed round by round, and survivors compared with fresh weights.
   *
   * @param length how much of it to run
   * @return the plan
   */
  public static Trimming trimming(Length length) {
    Argument.require("length", length);
    return Trimming.of(length);
  }
}
