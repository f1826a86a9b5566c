package kerf.experiment.damage;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import kerf.experiment.Claim;

/** What the papers say of digit networks, held against a run. */
final class DamageClaims {
  private static final double HALF = 0.5;

  /** How far the foretold loss may be from the measured one, relative to the latter. */
  private static final double AGREES = 0.10;

  private final List<Cut> cuts;
  private final List<Round> rounds;

  DamageClaims(List<Cut> cuts, List<Round> rounds) {
    this.cuts = cuts;
    this.rounds = rounds;
  }

  List<Claim> all() {
    List<Claim> claims = new ArrayList<>();
    claims.add(foretold());
    claims.add(
        lower(
            "with half the parameters deleted, OBD's loss is below magnitude's",
            "OBD clearly lower",
            Method.OBD,
            Method.MAGNITUDE));
    claims.add(
        lower(
            "with half the parameters deleted, OBS's loss is below OBD's",
            "OBS deletes more for the same error",
            Method.OBS,
            Method.OBD));
    claims.add(fourth());
    claims.add(retrainedBetter());
    return claims;
  }

  private Claim foretold() {
    double reach = 0;
    double apart = 0;
    for (double deleted : DamageWork.CUTS) {
      double measured = atCut(Method.OBD, deleted, Cut::loss);
      double said = atCut(Method.OBD, deleted, Cut::foretold);
      // Written so that what is not a number does not agree.
      apart = Math.abs(said - measured);
      if (!(apart <= AGREES * measured)) {
        break;
      }
      reach = deleted;
    }
    return Claim.tested(
        "OBD foretells the loss of what is not retrained",
        "up to about 30 % deleted",
        "up to %.0f %% deleted".formatted(100 * reach),
        "within 10 %, up to 25 % or more",
        reach >= 0.25,
        reach,
        reach >= 0.25 ? 0 : apart);
  }

  private Claim lower(String words, String published, Method better, Method worse) {
    double low = atCut(better, HALF, Cut::loss);
    double high = atCut(worse, HALF, Cut::loss);
    return Claim.tested(
        words, published, "%.4f against %.4f".formatted(low, high), "lower", low < high, low, high);
  }

  /** Six rounds of a fifth leave 26 %. */
  private Claim fourth() {
    String words = "retrained, a quarter of the parameters is as accurate as all";
    String published = "about 4x fewer";
    String tolerance = "at least -1.00 points";
    OptionalDouble left = atRound(Method.OBD, 6, Round::testAccuracy);
    OptionalDouble dense = atRound(Method.OBD, 0, Round::testAccuracy);
    if (left.isEmpty()) {
      return Claim.notReached(words, published, tolerance);
    }
    double gain = left.getAsDouble() - dense.getAsDouble();
    return Claim.tested(
        words,
        published,
        "%s at 26 %%".formatted(Claim.points(gain)),
        tolerance,
        gain >= -0.01,
        gain);
  }

  private Claim retrainedBetter() {
    String words = "retrained, at a quarter of the parameters OBD's loss is below magnitude's";
    String published = "OBD lower";
    OptionalDouble damage = atRound(Method.OBD, 6, Round::loss);
    OptionalDouble magnitude = atRound(Method.MAGNITUDE, 6, Round::loss);
    if (damage.isEmpty()) {
      return Claim.notReached(words, published, "lower");
    }
    return Claim.tested(
        words,
        published,
        "%.4f against %.4f".formatted(damage.getAsDouble(), magnitude.getAsDouble()),
        "lower",
        damage.getAsDouble() < magnitude.getAsDouble(),
        damage.getAsDouble(),
        magnitude.getAsDouble());
  }

  private double atCut(Method method, double deleted, ToDoubleFunction<Cut> what) {
    // Whole numbers of weights: a cut is within one weight of what was asked for.
    return cuts.stream()
        .filter(cut -> cut.method().equals(method.toString()))
        .filter(cut -> Math.abs(1 - cut.remaining() - deleted) < 0.01)
        .mapToDouble(what)
        .average()
        .orElseThrow();
  }

  private OptionalDouble atRound(Method method, int round, ToDoubleFunction<Round> what) {
    return rounds.stream()
        .filter(row -> row.method().equals(method.toString()) && row.round() == round)
        .mapToDouble(what)
        .average();
  }
}
