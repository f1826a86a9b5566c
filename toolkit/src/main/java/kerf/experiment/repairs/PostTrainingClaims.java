package kerf.experiment.repairs;

import java.util.ArrayList;
import java.util.List;
import kerf.experiment.Claim;
import kerf.model.Architecture;

/** The articles' findings, held against a run; and what else one would like to know. */
final class PostTrainingClaims {
  private static final String OURS = "not in the articles";

  /** What must be lost for a repair to have something to give back. */
  private static final double WORTH = 0.02;

  private static final int EIGHT = 8;
  private static final int FOUR = 4;

  private final PostTraining plan;
  private final Measured measured;
  private final Architecture first;
  private final Architecture last;

  PostTrainingClaims(PostTraining plan, Measured measured) {
    this.plan = plan;
    this.measured = measured;
    this.first = plan.networks().get(0);
    this.last = plan.networks().get(plan.networks().size() - 1);
  }

  List<Claim> all() {
    List<Claim> claims = new ArrayList<>();
    if (plan.bits().contains(EIGHT)) {
      claims.addAll(
          List.of(
              plain(), unchanged(), equalized(), absorbed(), asPerChannel(), biases(), dataFree()));
    }
    if (plan.bits().contains(FOUR)) {
      claims.addAll(List.of(rounding(), roundingBehindEqualization(), roundingAlone(), together()));
    }
    return claims;
  }

  private Claim plain() {
    double kept = measured.mean(first, Arm.PLAIN, EIGHT, Trial::kept);
    return Claim.tested(
        "%s, 8 bits: with one scale a tensor little of it is left".formatted(Unit.kind(first)),
        "0.12 % of 71.72 %",
        "%s of %s"
            .formatted(
                percent(measured.accuracy(first, Arm.PLAIN, EIGHT)), percent(trained(first))),
        "less than half of the float accuracy",
        kept < 0.5);
  }

  private Claim unchanged() {
    double moved =
        measured.mean(first, Arm.EQUALIZED, EIGHT, Trial::floatAccuracy) - trained(first);
    return Claim.tested(
        "equalization leaves the float network as accurate as it was",
        "71.70 % and 71.70 %",
        Claim.points(moved),
        "within 0.1 points",
        Math.abs(moved) <= 0.001);
  }

  private Claim equalized() {
    return loss(
        "%s, 8 bits: equalized".formatted(Unit.kind(first)),
        "-1.79 points",
        first,
        Arm.EQUALIZED,
        EIGHT,
        0.03);
  }

  private Claim absorbed() {
    double gain =
        measured.accuracy(first, Arm.ABSORBED, EIGHT)
            - measured.accuracy(first, Arm.EQUALIZED, EIGHT);
    return Claim.tested(
        "%s, 8 bits: absorbing high biases helps further".formatted(Unit.kind(first)),
        "+1.01 points",
        Claim.points(gain),
        "above 0",
        gain > 0);
  }

  private Claim asPerChannel() {
    double gain =
        measured.accuracy(first, Arm.EQUALIZED, EIGHT)
            - measured.accuracy(first, Arm.PER_CHANNEL, EIGHT);
    return Claim.tested(
        "%s, 8 bits: equalized, one scale a tensor does as well as a scale a channel without repair"
            .formatted(Unit.kind(first)),
        "-0.74 points; +0.27 absorbed",
        Claim.points(gain),
        "at least -1.00 points",
        gain >= -0.01);
  }

  private Claim biases() {
    String words =
        "%s, 8 bits: biases corrected by batch norm alone give a large part back"
            .formatted(Unit.kind(first));
    String published = "+51.90 points";
    String tolerance = "at least half of what was lost";
    double plain = measured.accuracy(first, Arm.PLAIN, EIGHT);
    double gain = measured.accuracy(first, Arm.BIAS_BY_BATCH_NORM, EIGHT) - plain;
    double samples = measured.accuracy(first, Arm.BIAS, EIGHT) - plain;
    if (measured.lost(first, Arm.PLAIN, EIGHT) < WORTH) {
      return Claim.notReached(words, published, tolerance);
    }
    return Claim.tested(
        words,
        published,
        "%s; on samples %s".formatted(Claim.points(gain), Claim.points(samples)),
        tolerance,
        gain >= measured.lost(first, Arm.PLAIN, EIGHT) / 2);
  }

  private Claim dataFree() {
    return loss(
        "%s, 8 bits: equalized, then biases by batch norm".formatted(Unit.kind(first)),
        "-0.53 points (absorbed too)",
        first,
        Arm.DATA_FREE,
        EIGHT,
        0.015);
  }

  private Claim rounding() {
    double nearest = measured.lost(last, Arm.PLAIN, FOUR);
    double adapted = measured.lost(last, Arm.ADAROUND, FOUR);
    return Claim.tested(
        "%s, 4 bits: AdaRound gives back most of what rounding to nearest loses"
            .formatted(Unit.kind(last)),
        "-45.69 points to -0.97 (ResNet-18)",
        "%s to %s".formatted(Claim.points(-nearest), Claim.points(-adapted)),
        "at least half of it",
        adapted <= nearest / 2);
  }

  private Claim roundingBehindEqualization() {
    double nearest = measured.lost(first, Arm.EQUALIZED, FOUR);
    double adapted = measured.lost(first, Arm.TOGETHER, FOUR);
    return Claim.tested(
        "%s, 4 bits: behind equalization AdaRound and biases give back most of the rest"
            .formatted(Unit.kind(first)),
        OURS,
        "%s to %s".formatted(Claim.points(-nearest), Claim.points(-adapted)),
        "at least half of it",
        adapted <= nearest / 2);
  }

  private Claim roundingAlone() {
    double alone = measured.accuracy(first, Arm.ADAROUND, FOUR);
    double behind = measured.accuracy(first, Arm.TOGETHER, FOUR);
    return Claim.tested(
        "%s, 4 bits: without equalization AdaRound does not save the network"
            .formatted(Unit.kind(first)),
        OURS,
        "%s against %s".formatted(percent(alone), percent(behind)),
        "less than half of the float accuracy",
        alone < trained(first) / 2);
  }

  private Claim together() {
    double repaired = measured.accuracy(first, Arm.TOGETHER, FOUR);
    double channels = measured.accuracy(first, Arm.PER_CHANNEL, FOUR);
    return Claim.tested(
        "%s, 4 bits: repaired, one scale a tensor beats a scale a channel without repair"
            .formatted(Unit.kind(first)),
        OURS,
        "%s against %s".formatted(percent(repaired), percent(channels)),
        "more accurate",
        repaired > channels);
  }

  private Claim loss(
      String words, String published, Architecture network, Arm arm, int bits, double tolerance) {
    double lost = measured.lost(network, arm, bits);
    return Claim.tested(
        words,
        published,
        Claim.points(-lost),
        "at least %s".formatted(Claim.points(-tolerance)),
        lost <= tolerance);
  }

  private double trained(Architecture network) {
    return measured.trained(network);
  }

  private static String percent(double fraction) {
    return "%.2f %%".formatted(100 * fraction);
  }
}
