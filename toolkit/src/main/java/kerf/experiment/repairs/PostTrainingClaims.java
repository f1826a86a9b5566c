package kerf.experiment.repairs;

import java.util.ArrayList;
import java.util.List;
import kerf.experiment.Claim;
import kerf.model.Architecture;

/** The articles' findings, held against a run; and what else one would like to know. */
final class PostTrainingClaims {
  private static final String OURS = "not in the articles";
  private static final String COSTLY = "one scale a tensor costs much accuracy";
  private static final double MUCH = 0.1;

  /** What must be lost for a repair to have something to give back. */
  private static final double WORTH = 0.02;

  private static final int FOUR = 4;
  private static final int THREE = 3;

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
    if (plan.bits().contains(PostTraining.UNEVEN_BITS)) {
      claims.addAll(
          List.of(
              asTrained(),
              plain(),
              unchanged(),
              equalized(),
              absorbed(),
              asPerChannel(),
              biases(),
              dataFree()));
    }
    if (plan.bits().contains(FOUR)) {
      claims.addAll(List.of(rounding(), together(FOUR), asPerChannelAtFour()));
    }
    if (plan.bits().contains(THREE)) {
      claims.add(together(THREE));
    }
    return claims;
  }

  private Claim asTrained() {
    return costly(
        "%s as trained, 8 bits: %s".formatted(Unit.kind(first), COSTLY),
        measured.lost(first, Arm.PLAIN, PostTraining.UNEVEN_BITS));
  }

  private Claim plain() {
    return costly(uneven(COSTLY), trained() - accuracy(Arm.PLAIN));
  }

  private static Claim costly(String words, double lost) {
    return Claim.tested(
        words,
        "-71.60 points",
        Claim.points(-lost),
        "at most %s".formatted(Claim.points(-MUCH)),
        lost >= MUCH,
        lost);
  }

  private Claim unchanged() {
    double moved = measured.uneven(Arm.EQUALIZED, Trial::floatAccuracy) - trained();
    return Claim.tested(
        "equalization leaves the float network as accurate as it was",
        "71.70 % and 71.70 %",
        Claim.points(moved),
        "within 0.1 points",
        Math.abs(moved) <= 0.001,
        Math.abs(moved));
  }

  private Claim equalized() {
    return loss("equalized", "-1.79 points", Arm.EQUALIZED, 0.03);
  }

  private Claim absorbed() {
    double gain = accuracy(Arm.ABSORBED) - accuracy(Arm.EQUALIZED);
    return Claim.tested(
        uneven("absorbing high biases helps further"),
        "+1.01 points",
        Claim.points(gain),
        "above 0",
        gain > 0,
        gain);
  }

  private Claim asPerChannel() {
    double gain = accuracy(Arm.EQUALIZED) - accuracy(Arm.PER_CHANNEL);
    return Claim.tested(
        uneven("equalized, one scale a tensor does as well as a scale a channel, unrepaired"),
        "-0.74 points; absorbed +0.27",
        Claim.points(gain),
        "at least -1.00 points",
        gain >= -0.01,
        gain);
  }

  private Claim biases() {
    double plain = accuracy(Arm.PLAIN);
    double gain = accuracy(Arm.BIAS_BY_BATCH_NORM) - plain;
    String words = uneven("biases corrected by batch norm alone give a large part back");
    String published = "+51.90 points";
    String tolerance = "at least half of what was lost";
    if (trained() - plain < WORTH) {
      return Claim.notReached(words, published, tolerance);
    }
    return Claim.tested(
        words,
        published,
        "%s; on samples %s".formatted(Claim.points(gain), Claim.points(accuracy(Arm.BIAS) - plain)),
        tolerance,
        gain >= (trained() - plain) / 2,
        gain,
        (trained() - plain) / 2);
  }

  private Claim dataFree() {
    return loss(
        "equalized, then biases by batch norm",
        "-0.53 points (absorbed too)",
        Arm.DATA_FREE,
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
        adapted <= nearest / 2,
        adapted,
        nearest / 2);
  }

  private Claim together(int bits) {
    double nearest = measured.lost(first, Arm.PLAIN, bits);
    double repaired = measured.lost(first, Arm.TOGETHER, bits);
    return Claim.tested(
        "%s as trained, %d bits: together repairs give back most of what is lost"
            .formatted(Unit.kind(first), bits),
        OURS,
        "%s to %s".formatted(Claim.points(-nearest), Claim.points(-repaired)),
        "at least three quarters of it",
        repaired <= nearest / 4,
        repaired,
        nearest / 4);
  }

  private Claim asPerChannelAtFour() {
    double repaired = measured.accuracy(first, Arm.TOGETHER, FOUR);
    double channels = measured.accuracy(first, Arm.PER_CHANNEL, FOUR);
    return Claim.tested(
        "%s as trained, 4 bits: repaired, one scale a tensor beats a scale a channel, unrepaired"
            .formatted(Unit.kind(first)),
        OURS,
        "%s against %s".formatted(percent(repaired), percent(channels)),
        "more accurate",
        repaired > channels,
        repaired,
        channels);
  }

  private Claim loss(String words, String published, Arm arm, double tolerance) {
    double lost = trained() - accuracy(arm);
    return Claim.tested(
        uneven(words),
        published,
        Claim.points(-lost),
        "at least %s".formatted(Claim.points(-tolerance)),
        lost <= tolerance,
        lost);
  }

  private String uneven(String words) {
    return "%s made uneven, 8 bits: %s".formatted(Unit.kind(first), words);
  }

  private double accuracy(Arm arm) {
    return measured.uneven(arm, Trial::accuracy);
  }

  private double trained() {
    return measured.trained(first);
  }

  private static String percent(double fraction) {
    return "%.2f %%".formatted(100 * fraction);
  }
}
