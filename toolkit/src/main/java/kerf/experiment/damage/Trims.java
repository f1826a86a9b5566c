package kerf.experiment.damage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import kerf.experiment.Claim;
import kerf.experiment.Outcome;
import kerf.experiment.Results;
import kerf.experiment.damage.TrimmingWork.Arm;
import kerf.plot.Figure;
import kerf.plot.LinePlot;
import kerf.plot.Plot;
import kerf.table.Rows;
import tech.tablesaw.api.Table;

/** The results of the trimming experiment. */
public final class Trims extends Results {
  /** What the paper reaches with LeNet. */
  private static final double PUBLISHED = 3.85;

  /** What counts as keeping the accuracy: one of the 450 test images is 0.22 points. */
  private static final double ALLOWED = 0.01;

  private final Trimming plan;
  private final List<Trim> trims = new ArrayList<>();

  Trims(Trimming plan, Map<Long, Outcome> seeds) {
    super(plan, "claims of Hu et al. 2016", seeds);
    this.plan = plan;
    for (Arm arm : Arm.values()) {
      for (int round = 0; round <= plan.rounds(); round++) {
        for (Map.Entry<Long, Outcome> seed : seeds.entrySet()) {
          double[] row = seed.getValue().curve(arm + " " + round, 4);
          trims.add(
              new Trim(
                  arm.toString(),
                  seed.getKey(),
                  round,
                  Outcome.count(row[0]),
                  row[1],
                  row[2],
                  row[3]));
        }
      }
    }
  }

  /**
   * Lists every round.
   *
   * @return a table, a row each: who chose, units and parameters left, accuracy before and after
   */
  public Table table() {
    return Rows.table("trimming by rounds", Trim.class, trims);
  }

  @Override
  protected List<Claim> judged() {
    return List.of(smaller(), survivors(), chosen());
  }

  private Claim smaller() {
    double dense = mean(Arm.APOZ, 0, Trim::testAccuracy);
    double reach = 1;
    double members = dense;
    for (int round = 1; round <= plan.rounds(); round++) {
      members += mean(Arm.APOZ, round, Trim::testAccuracy);
      if (mean(Arm.APOZ, round, Trim::testAccuracy) >= dense - ALLOWED) {
        reach = Math.max(reach, 1 / mean(Arm.APOZ, round, Trim::remaining));
      }
    }
    return Claim.tested(
        "trimmed by APoZ and trained on, a network keeps its accuracy with fewer parameters",
        "%.2f times fewer (LeNet)".formatted(PUBLISHED),
        "%.1f times fewer".formatted(reach),
        "at least 3 times, within 1.00 points",
        reach >= 3,
        reach,
        members);
  }

  private Claim survivors() {
    double sum = 0;
    for (int round = 1; round <= plan.rounds(); round++) {
      sum += mean(Arm.APOZ, round, Trim::testAccuracy) - mean(Arm.FRESH, round, Trim::testAccuracy);
    }
    double gain = sum / plan.rounds();
    return Claim.tested(
        "surviving weights are a better start than fresh ones",
        "better",
        "%s, mean of the rounds".formatted(Claim.points(gain)),
        "above +0.00 points",
        gain > 0,
        gain);
  }

  /** No claim of the paper's, but what its choice has to be worth. */
  private Claim chosen() {
    double sum = 0;
    for (int round = 1; round <= plan.rounds(); round++) {
      sum +=
          mean(Arm.APOZ, round, Trim::accuracyBefore)
              - mean(Arm.RANDOM, round, Trim::accuracyBefore);
    }
    double gain = sum / plan.rounds();
    return Claim.tested(
        "before training on, the units of APoZ are missed less than any others (control)",
        "not published",
        "%s, mean of the rounds".formatted(Claim.points(gain)),
        "above +0.00 points",
        gain > 0,
        gain);
  }

  private double mean(Arm arm, int round, ToDoubleFunction<Trim> what) {
    return trims.stream()
        .filter(trim -> trim.arm().equals(arm.toString()) && trim.round() == round)
        .mapToDouble(what)
        .average()
        .orElseThrow();
  }

  /**
   * Draws test accuracy by round of trimming, before and after the network trains on.
   *
   * @return a figure of two panels
   */
  public Figure figure() {
    List<Trim> before =
        trims.stream().filter(trim -> !trim.arm().equals(Arm.FRESH.toString())).toList();
    return Figure.row(
            panel(before, "accuracy before", "Units removed, not trained on"),
            panel(trims, "test accuracy", "Trained on"))
        .caption(
            ("Lines: mean of %d seeds; bars: least to greatest. After round %d, %.0f %% of the"
                    + " parameters are left; the paper keeps its accuracy with 26 %% of LeNet's."
                    + " Fresh weights train for %s, survivors for %s a round.")
                .formatted(
                    plan.seeds().size(),
                    plan.rounds(),
                    100 * mean(Arm.APOZ, plan.rounds(), Trim::remaining),
                    plan.training().until().words(),
                    plan.retraining().words()));
  }

  private static LinePlot panel(List<Trim> rows, String column, String title) {
    return Plot.line(Rows.table("trims", Trim.class, rows))
        .x("round")
        .y(column)
        .by("arm")
        .mean()
        .percentY()
        .xTitle("rounds of trimming")
        .yTitle("test accuracy (%)")
        .title(title)
        .size(540, 400);
  }
}
