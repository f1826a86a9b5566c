package kerf.experiment.lottery;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoublePredicate;
import java.util.function.ToDoubleFunction;
import kerf.experiment.Claim;

/** The claims of the lottery-ticket paper about LeNet-300-100, held against a run. */
final class LotteryClaims {
  /** Claims are about the mean of all seeds. */
  private static final long ANY = 0;

  private static final Unit DENSE = new Unit(ANY, Arm.TICKET, 0);

  private final List<Trial> trials;

  LotteryClaims(List<Trial> trials) {
    this.trials = trials;
  }

  List<Claim> all() {
    return List.of(
        denseAccuracy(),
        earlier(),
        change(
            "the ticket of 21 % is as accurate at early stop as the dense net",
            "more accurate",
            new Unit(ANY, Arm.TICKET, 7),
            DENSE,
            "at least +0.00 points",
            gain -> gain >= 0),
        change(
            "the ticket of 13.5 % is more accurate at early stop",
            "+0.3 points",
            new Unit(ANY, Arm.TICKET, 9),
            DENSE,
            "at least +0.1 points",
            gain -> gain >= 0.001),
        change(
            "reinitialized, 7 % of the weights learn worse than the ticket",
            "falls off from 21 % on",
            new Unit(ANY, Arm.REINITIALIZED, 12),
            new Unit(ANY, Arm.TICKET, 12),
            "at most -0.7 points",
            gain -> gain <= -0.007),
        change(
            "the ticket of 3.6 % is back at the dense net's accuracy",
            "+0.0 points",
            new Unit(ANY, Arm.TICKET, 15),
            DENSE,
            "within 0.3 points",
            gain -> Math.abs(gain) <= 0.003));
  }

  private Claim denseAccuracy() {
    double dense = mean(DENSE, Trial::finalAccuracy).orElseThrow();
    return Claim.tested(
        "the dense net classifies well",
        "about 98 %",
        "%.2f %%".formatted(100 * dense),
        "above 97.3 %",
        dense > 0.973,
        dense);
  }

  private Claim earlier() {
    String words = "the ticket of 21 % stops earlier than the dense net";
    String published = "38 % earlier";
    String within = "at least 20 % earlier";
    OptionalDouble ticket = mean(new Unit(ANY, Arm.TICKET, 7), Trial::stop);
    if (ticket.isEmpty()) {
      return Claim.notReached(words, published, within);
    }
    double saved = 1 - ticket.getAsDouble() / mean(DENSE, Trial::stop).orElseThrow();
    return Claim.tested(
        words, published, "%.0f %% earlier".formatted(100 * saved), within, saved >= 0.20, saved);
  }

  /** By how much the accuracy at early stop differs from another unit's. */
  private Claim change(
      String words, String published, Unit unit, Unit than, String within, DoublePredicate holds) {
    OptionalDouble accuracy = mean(unit, Trial::earlyStopAccuracy);
    if (accuracy.isEmpty()) {
      return Claim.notReached(words, published, within);
    }
    double gain = accuracy.getAsDouble() - mean(than, Trial::earlyStopAccuracy).orElseThrow();
    return Claim.tested(words, published, Claim.points(gain), within, holds.test(gain), gain);
  }

  private OptionalDouble mean(Unit unit, ToDoubleFunction<Trial> what) {
    return trials.stream()
        .filter(trial -> trial.arm().equals(unit.arm().toString()) && trial.level() == unit.level())
        .mapToDouble(what)
        .average();
  }
}
