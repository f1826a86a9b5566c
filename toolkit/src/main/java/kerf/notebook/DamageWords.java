package kerf.notebook;

import kerf.experiment.Length;
import kerf.experiment.damage.BrainDamage;
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
    return BrainDamage.of(length);
  }
}
