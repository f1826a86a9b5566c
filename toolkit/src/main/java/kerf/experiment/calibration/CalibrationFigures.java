package kerf.experiment.calibration;

import java.util.List;
import kerf.experiment.Seeds;
import kerf.plot.Figure;
import kerf.plot.LinePlot;
import kerf.plot.Plot;
import kerf.table.Rows;

/** The figures of the experiment. */
final class CalibrationFigures {
  /** The part of the accuracies that is drawn enlarged, against floats. */
  private static final double BELOW = 0.04;

  private static final double ABOVE = 0.005;

  private final Calibration plan;
  private final Measured measured;

  CalibrationFigures(Calibration plan, Measured measured) {
    this.plan = plan;
    this.measured = measured;
  }

  Figure accuracy() {
    List<Trial> rows =
        measured.trials().stream().filter(trial -> trial.images() == measured.most()).toList();
    LinePlot plot = byBits(rows).title("Accuracy by width");
    LinePlot zoom =
        byBits(rows)
            .yRange(measured.floats() - BELOW, measured.floats() + ABOVE)
            .title("The same, close to the accuracy in floats");
    return Figure.row(plot, zoom)
        .caption(
            "Mean of %s; %,d calibration images. In floats %.2f %%, weights alone of 8 bits %+.2f points."
                .formatted(
                    Seeds.caption(plan.seeds()),
                    measured.most(),
                    100 * measured.floats(),
                    100 * measured.weightsGain()));
  }

  private LinePlot byBits(List<Trial> rows) {
    return Plot.line(Rows.table("accuracy", Trial.class, rows))
        .x("bits")
        .y("accuracy")
        .by("calibrator")
        .mean()
        .decreasingX()
        .percentY()
        .xTicks(rows.stream().mapToDouble(Trial::bits).distinct().toArray())
        .xTitle("bits of activations")
        .yTitle("test accuracy (%)")
        .size(600, 460);
  }

  Figure images() {
    // Where it matters most.
    int bits = plan.calibrators().bits().get(plan.calibrators().bits().size() - 1);
    List<Trial> rows = measured.trials().stream().filter(trial -> trial.bits() == bits).toList();
    return Figure.row(
            Plot.line(Rows.table("images", Trial.class, rows))
                .x("images")
                .y("accuracy")
                .by("calibrator")
                .mean()
                .logX()
                .percentY()
                .xTicks(plan.images().stream().mapToDouble(Integer::doubleValue).toArray())
                .xTitle("calibration images")
                .yTitle("test accuracy (%)")
                .title("How many images it takes, activations of %d bits".formatted(bits))
                .size(820, 460))
        .caption("Mean of %s.".formatted(Seeds.caption(plan.seeds())));
  }

  Figure clipping() {
    return Figure.row(
            Plot.line(Rows.table("clipping", Clipping.class, Clipping.measured()))
                .x("bits")
                .y("clipping")
                .by("distribution")
                .published(
                    "Banner et al. 2019",
                    Rows.table("published", Clipping.class, Clipping.published()))
                .decreasingX()
                .xTicks(8, 7, 6, 5, 4, 3, 2)
                .yTitle("clipping of least squared error (σ or b)")
                .title("The best clipping, found by search and by formula")
                .size(820, 440))
        .caption(
            "Lines: the search for the least squared error on 200,000 numbers drawn from each distribution. Hollow: the published optimum, for a grid without an exact zero.");
  }
}
