package kerf.experiment.damage;

import java.util.ArrayList;
import java.util.List;
import kerf.plot.Figure;
import kerf.plot.LinePlot;
import kerf.plot.Plot;
import kerf.table.Rows;
import tech.tablesaw.api.Table;

/** The two figures of the Optimal Brain Damage paper, from a run. */
final class DamageFigures {
  private static final double NONE = Double.NaN;
  private static final String FORETOLD = "OBD foretold";

  private final BrainDamage plan;
  private final List<Cut> cuts;
  private final List<Round> rounds;

  DamageFigures(BrainDamage plan, List<Cut> cuts, List<Round> rounds) {
    this.plan = plan;
    this.cuts = cuts;
    this.rounds = rounds;
  }

  Figure withoutRetraining() {
    List<Cut> lines = new ArrayList<>();
    double leaves = 0;
    int seeds = 0;
    for (Cut cut : cuts) {
      lines.add(cut);
      if (cut.method().equals(Method.OBD.toString()) && Math.abs(cut.remaining() - 0.7) < 0.01) {
        leaves += cut.loss();
        seeds++;
      }
    }
    for (Cut cut : cuts) {
      if (cut.method().equals(Method.OBD.toString())) {
        lines.add(new Cut(FORETOLD, cut.seed(), cut.remaining(), cut.foretold(), NONE, NONE));
      }
    }
    Table table = Rows.table("cuts", Cut.class, lines);
    Cut published = new Cut(FORETOLD, 0, 0.69, leaves / seeds, NONE, NONE);
    return Figure.row(
            panel(table, "loss", "Loss, not retrained", "mean squared error")
                .logY()
                .published("paper's limit", Rows.table("published", Cut.class, List.of(published))),
            panel(
                    Rows.table("cuts", Cut.class, cuts),
                    "test accuracy",
                    "Test accuracy, not retrained",
                    "test accuracy (%)")
                .percentY())
        .caption(
            ("Lines: mean of %d seeds; bars: least to greatest. Foretold: the trained network's loss"
                    + " and the saliencies of what is deleted. After figure 1 of LeCun, Denker and"
                    + " Solla 1989, who find it good up to about 800 of 2,600 parameters.")
                .formatted(plan.seeds().size()));
  }

  Figure retrained() {
    Table table = Rows.table("rounds", Round.class, rounds);
    double dense =
        rounds.stream()
            .filter(row -> row.round() == 0)
            .mapToDouble(Round::testAccuracy)
            .average()
            .orElseThrow();
    Round published = new Round(Method.OBD.toString(), 0, 0, 0.25, NONE, NONE, NONE, dense);
    return Figure.row(
            panel(table, "loss", "Loss, retrained", "mean squared error").logX().logY(),
            panel(table, "test accuracy", "Test accuracy, retrained", "test accuracy (%)")
                .logX()
                .percentY()
                .published("paper", Rows.table("published", Round.class, List.of(published))))
        .caption(
            ("Lines: mean of %d seeds; bars: least to greatest; %s after every fifth. Paper's point:"
                    + " four times fewer parameters at no loss of accuracy, drawn from the dense"
                    + " network here. After figure 2 of LeCun, Denker and Solla 1989.")
                .formatted(plan.seeds().size(), plan.retraining()));
  }

  private static LinePlot panel(Table table, String column, String title, String unit) {
    return Plot.line(table)
        .x("remaining")
        .y(column)
        .by("method")
        .mean()
        .decreasingX()
        .percentX()
        .xTitle("parameters remaining (%)")
        .yTitle(unit)
        .title(title)
        .size(560, 420);
  }
}
