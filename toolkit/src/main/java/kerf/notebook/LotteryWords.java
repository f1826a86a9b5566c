package kerf.notebook;

import kerf.argument.Argument;
import kerf.experiment.Length;
import kerf.experiment.lottery.Arm;
import kerf.experiment.lottery.Lottery;
import kerf.experiment.lottery.Preset;

/** Words for the length of experiments, and for the lottery ticket. */
class LotteryWords extends PlotWords {
  LotteryWords() {}

  /**
   * The lottery-ticket experiment with the article's settings, at the length asked for by whoever
   * started the kernel (quick unless told otherwise).
   *
   * @return the plan
   */
  public static Lottery lottery() {
    return Lottery.of(Preset.PAPER, Length.asked());
  }

  /**
   * The lottery-ticket experiment.
   *
   * @param preset whose settings: {@code paper()}, {@code googleRepo()} or {@code openLth()}
   * @param length how much of it to run
   * @return the plan
   */
  public static Lottery lottery(Preset preset, Length length) {
    Argument.require("preset", preset);
    Argument.require("length", length);
    return Lottery.of(preset, length);
  }

  /**
   * The article's settings of the lottery experiment.
   *
   * @return the preset
   */
  public static Preset paper() {
    return Preset.PAPER;
  }

  /**
   * The settings of Google's repository.
   *
   * @return the preset
   */
  public static Preset googleRepo() {
    return Preset.GOOGLE_REPO;
  }

  /**
   * The settings of open_lth.
   *
   * @return the preset
   */
  public static Preset openLth() {
    return Preset.OPEN_LTH;
  }

  /**
   * Seconds: shows that everything works.
   *
   * @return the length
   */
  public static Length smoke() {
    return Length.SMOKE;
  }

  /**
   * Minutes on two cores.
   *
   * @return the length
   */
  public static Length quick() {
    return Length.QUICK;
  }

  /**
   * Under an hour on two cores.
   *
   * @return the length
   */
  public static Length standard() {
    return Length.STANDARD;
  }

  /**
   * The protocol as published.
   *
   * @return the length
   */
  public static Length full() {
    return Length.FULL;
  }

  /**
   * The control with the ticket's mask and fresh weights.
   *
   * @return the arm
   */
  public static Arm reinitialized() {
    return Arm.REINITIALIZED;
  }

  /**
   * The control with the ticket's weights and a shuffled mask.
   *
   * @return the arm
   */
  public static Arm randomMask() {
    return Arm.RANDOM_MASK;
  }

  /**
   * The control that prunes once.
   *
   * @return the arm
   */
  public static Arm oneShot() {
    return Arm.ONE_SHOT;
  }
}
