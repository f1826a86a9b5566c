package kerf.experiment.lottery;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import kerf.experiment.Outcome;
import kerf.plot.Figure;
import kerf.plot.LinePlot;
import kerf.plot.Plot;
import kerf.table.Rows;
import kerf.training.Evaluation;
import tech.tablesaw.api.Table;

/** The two figures of the lottery-ticket paper, from a run. */
final class LotteryFigures {
  private static final String REMAINING = "weights remaining";

  /** The levels whose curves the paper draws, besides the dense network. */
  private static final List<Integer> CURVES = List.of(0, 3, 7, 12, 15);

  private static final double NONE = Double.NaN;

  private final Lottery plan;
  private final Map<Unit, Done> units;
  private final List<Trial> trials;

  LotteryFigures(Lottery plan, Map<Unit, Done> units, List<Trial> trials) {
    this.plan = plan;
    this.units = units;
    this.trials = trials;
  }

  /** Figure 3: test accuracy by iteration. */
  Figure accuracyByIteration() {
    List<CurvePoint> points = new ArrayList<>();
    units.forEach(
        (unit, done) -> {
          boolean ticket = unit.arm() == Arm.TICKET && CURVES.contains(unit.level());
          boolean control = unit.arm() == Arm.REINITIALIZED && unit.level() == controlLevel();
          if (ticket || control) {
            String line =
                "%.1f %%%s"
                    .formatted(
                        100 * Tickets.remaining(units, unit), control ? " reinitialized" : "");
            points.addAll(curve(line, unit.seed(), done));
          }
        });
    return Figure.row(
            Plot.line(Rows.table("accuracy by iteration", CurvePoint.class, points))
                .x("iteration")
                .y("test accuracy")
                .by("line")
                .mean()
                .percentY()
                .xTitle("training iterations")
                .yTitle("test accuracy (%)")
                .title("Accuracy by iteration, by weights remaining")
                .size(820, 460))
        .caption(
            "Lines: mean of %d seeds; bars: least to greatest. After figure 3 of Frankle and Carbin 2019."
                .formatted(plan.seeds().size()));
  }

  /** One that diverged has no accuracy wherever others have one, which the figure marks. */
  private List<CurvePoint> curve(String line, long seed, Done done) {
    if (done.divergence().isEmpty()) {
      return drawn(done.trained()).stream()
          .map(e -> new CurvePoint(line, seed, e.iteration(), e.testAccuracy()))
          .toList();
    }
    return units.values().stream()
        .filter(other -> other.divergence().isEmpty())
        .findFirst()
        .map(other -> drawn(other.trained()).stream().map(Evaluation::iteration).toList())
        .orElse(List.of(plan.training().steps(plan.data())))
        .stream()
        .map(iteration -> new CurvePoint(line, seed, iteration, NONE))
        .toList();
  }

  /** Only where every seed was tested: early-stop points differ by seed. */
  private List<Evaluation> drawn(Done.Trained done) {
    List<Evaluation> all = done.history().evaluations();
    long from = all.size() > 2 ? all.get(1).iteration() : 0;
    long end = done.history().last().iteration();
    return all.stream()
        .filter(e -> e.iteration() % testedEvery() == 0 || e.iteration() == end)
        .filter(e -> e.iteration() >= from)
        .toList();
  }

  private long testedEvery() {
    long perEpoch = plan.training().perEpoch(plan.data());
    return plan.training().evaluateEvery().iterations(perEpoch) * plan.training().testEvery();
  }

  private int controlLevel() {
    return plan.controlLevels().contains(7)
        ? 7
        : plan.controlLevels().stream().findFirst().orElse(0);
  }

  /** Figure 4 and its appendix: four measures by weights remaining. */
  Figure byWeightsRemaining() {
    double stop = dense(Trial::stop);
    double accuracy = dense(Trial::earlyStopAccuracy);
    LinePlot when =
        panel("early stop iteration", "Early-stop iteration", "iterations")
            .published("paper", published(paper(Arm.TICKET, 0.211, stop * 0.62, NONE, NONE)))
            .published(
                "paper",
                published(paper(Arm.REINITIALIZED, 0.211, stop * 0.62 * 2.51, NONE, NONE)));
    LinePlot early =
        panel("early stop accuracy", "Accuracy at early stop", "test accuracy (%)")
            .percentY()
            .published(
                "paper",
                published(
                    paper(Arm.TICKET, 0.135, NONE, accuracy + 0.003, NONE),
                    paper(Arm.TICKET, 0.036, NONE, accuracy, NONE)));
    LinePlot last = panel("final accuracy", "Accuracy at the end", "test accuracy (%)").percentY();
    LinePlot training =
        panel("training accuracy", "Training accuracy at the end", "training accuracy (%)")
            .percentY()
            .published(
                "paper",
                published(
                    paper(Arm.TICKET, 1, NONE, NONE, 1), paper(Arm.TICKET, 0.021, NONE, NONE, 1)));
    return Figure.grid(2, when, early, last, training)
        .caption(
            ("Lines: mean of %d seeds; bars: least to greatest. Paper's points: the changes it publishes"
                    + " against its dense net, drawn from the dense net here; training accuracy as"
                    + " published. After figure 4 of Frankle and Carbin 2019.")
                .formatted(plan.seeds().size()));
  }

  private LinePlot panel(String column, String title, String unit) {
    return Plot.line(table())
        .x(REMAINING)
        .y(column)
        .by("arm")
        .mean()
        .logX()
        .decreasingX()
        .percentX()
        .xTitle("weights remaining (%)")
        .yTitle(unit)
        .title(title)
        .size(560, 400);
  }

  private Table table() {
    return Rows.table("lottery", Trial.class, trials);
  }

  private static Table published(Trial... points) {
    return Rows.table("published", Trial.class, List.of(points));
  }

  /** A point of the article's, in the columns of our own table. */
  private static Trial paper(
      Arm arm, double remaining, double stop, double early, double training) {
    return new Trial(
        arm.toString(), 0, 0, remaining, Outcome.count(stop), NONE, early, NONE, training);
  }

  private double dense(ToDoubleFunction<Trial> what) {
    return trials.stream()
        .filter(trial -> trial.level() == 0)
        .mapToDouble(what)
        .average()
        .orElseThrow();
  }
}
