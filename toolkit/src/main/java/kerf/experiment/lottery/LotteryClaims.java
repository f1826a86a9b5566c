package kerf.experiment.lottery;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import kerf.experiment.Claim;

/** The claims of the lottery-ticket paper about LeNet-300-100, held against a run. */
final class LotteryClaims {
  private final List<Trial> trials;

  LotteryClaims(List<Trial> trials) {
    this.trials = trials;
  }

  List<Claim> all() {
    List<Claim> claims = new ArrayList<>();
    claims.add(denseAccuracy());
    claims.add(earlier());
    claims.add(asAccurate());
    claims.add(moreAccurate());
    claims.add(reinitializedWorse());
    claims.add(backToDense());
    return claims;
  }

  private Claim denseAccuracy() {
    OptionalDouble dense = mean(Arm.TICKET, 0, Trial::finalAccuracy);
    return claim(
        "the dense net classifies well",
        "about 98 %",
        percent(dense),
        "above 97.3 %",
        dense.isPresent(),
        dense.orElse(0) > 0.973);
  }

  private Claim earlier() {
    OptionalDouble dense = mean(Arm.TICKET, 0, Trial::earlyStopIteration);
    OptionalDouble ticket = mean(Arm.TICKET, 7, Trial::earlyStopIteration);
    double saved = 1 - ticket.orElse(0) / dense.orElse(1);
    return claim(
        "the ticket of 21 % stops earlier than the dense net",
        "38 % earlier",
        ticket.isEmpty() ? "" : "%.0f %% earlier".formatted(100 * saved),
        "at least 20 % earlier",
        ticket.isPresent(),
        saved >= 0.20);
  }

  private Claim asAccurate() {
    OptionalDouble ticket = mean(Arm.TICKET, 7, Trial::earlyStopAccuracy);
    double gain = ticket.orElse(0) - mean(Arm.TICKET, 0, Trial::earlyStopAccuracy).orElse(0);
    return claim(
        "the ticket of 21 % is as accurate at early stop as the dense net",
        "more accurate",
        ticket.isEmpty() ? "" : Claim.points(gain),
        "at least +0.00 points",
        ticket.isPresent(),
        gain >= 0);
  }

  private Claim moreAccurate() {
    OptionalDouble ticket = mean(Arm.TICKET, 9, Trial::earlyStopAccuracy);
    double gain = ticket.orElse(0) - mean(Arm.TICKET, 0, Trial::earlyStopAccuracy).orElse(0);
    return claim(
        "the ticket of 13.5 % is more accurate at early stop",
        "+0.3 points",
        ticket.isEmpty() ? "" : Claim.points(gain),
        "at least +0.1 points",
        ticket.isPresent(),
        gain >= 0.001);
  }

  private Claim reinitializedWorse() {
    OptionalDouble reinitialized = mean(Arm.REINITIALIZED, 12, Trial::earlyStopAccuracy);
    double loss =
        reinitialized.orElse(0) - mean(Arm.TICKET, 12, Trial::earlyStopAccuracy).orElse(0);
    return claim(
        "reinitialized, 7 % of the weights learn worse than the ticket",
        "falls off from 21 % on",
        reinitialized.isEmpty() ? "" : Claim.points(loss),
        "at most -0.7 points",
        reinitialized.isPresent(),
        loss <= -0.007);
  }

  private Claim backToDense() {
    OptionalDouble ticket = mean(Arm.TICKET, 15, Trial::earlyStopAccuracy);
    double gain = ticket.orElse(0) - mean(Arm.TICKET, 0, Trial::earlyStopAccuracy).orElse(0);
    return claim(
        "the ticket of 3.6 % is back at the dense net's accuracy",
        "+0.0 points",
        ticket.isEmpty() ? "" : Claim.points(gain),
        "within 0.3 points",
        ticket.isPresent(),
        Math.abs(gain) <= 0.003);
  }

  private OptionalDouble mean(Arm arm, int level, ToDoubleFunction<Trial> what) {
    return trials.stream()
        .filter(trial -> trial.arm().equals(arm.toString()) && trial.level() == level)
        .mapToDouble(what)
        .average();
  }

  private static Claim claim(
      String words,
      String published,
      String measured,
      String tolerance,
      boolean known,
      boolean holds) {
    return known
        ? Claim.tested(words, published, measured, tolerance, holds)
        : Claim.notReached(words, published, tolerance);
  }

  private static String percent(OptionalDouble fraction) {
    return fraction.isEmpty() ? "" : "%.2f %%".formatted(100 * fraction.getAsDouble());
  }
}
