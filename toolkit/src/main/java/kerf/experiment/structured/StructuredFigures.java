package kerf.experiment.structured;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import kerf.experiment.Seeds;
import kerf.plot.Figure;
import kerf.plot.LinePlot;
import kerf.plot.Plot;
import kerf.table.Rows;

/** The figures of the experiment. */
final class StructuredFigures {
  private final Structured plan;
  private final Measured measured;

  StructuredFigures(Structured plan, Measured measured) {
    this.plan = plan;
    this.measured = measured;
  }

  /** All arms, by weights and by multiplications left. */
  Figure accuracy() {
    LinePlot weights = arms(Trial::density).xTitle("weights left (%)").title("Accuracy by weights");
    LinePlot macs =
        arms(Trial::macsLeft)
            .xTitle("multiplications left (%)")
            .title("Accuracy by multiplications");
    return Figure.row(weights, macs)
        .caption(
            "Lines: mean of %s. Multiplications by zeros are left out, which only slim networks really save."
                .formatted(Seeds.caption(plan.seeds())));
  }

  /** At each level the mean of x over the seeds: a global mask leaves each another number. */
  private LinePlot arms(ToDoubleFunction<Trial> x) {
    List<Point> points = new ArrayList<>();
    for (Arm arm : Arm.pruned()) {
      for (double kept : plan.kept()) {
        double at = measured.mean(arm, kept, x);
        for (Trial trial : trials(arm, kept)) {
          points.add(new Point(trial.arm(), trial.seed(), at, trial.accuracy()));
        }
      }
    }
    // Last: there is a series more than colors, and this one is a single point.
    for (Trial dense : trials(Arm.DENSE, 1)) {
      points.add(new Point(dense.arm(), dense.seed(), 1, dense.accuracy()));
    }
    return Plot.line(Rows.table("accuracy", Point.class, points))
        .x("x")
        .y("y")
        .by("series")
        .mean()
        .logX()
        .decreasingX()
        .percentX()
        .percentY()
        .xTicks(1, 0.7, 0.5, 0.3, 0.2, 0.1, 0.05, 0.03, 0.02)
        .yTitle("test accuracy (%)")
        .size(640, 520);
  }

  private List<Trial> trials(Arm arm, double kept) {
    return measured.trials().stream()
        .filter(trial -> trial.arm().equals(arm.toString()) && trial.kept() == kept)
        .toList();
  }

  /** What fresh weights are worth beside fine-tuned ones, on the same mask or widths. */
  Figure scratch() {
    Map<Arm, Arm> pairs =
        Map.of(
            Arm.MASK_SCRATCH_E, Arm.GLOBAL,
            Arm.SLIM_SCRATCH_E, Arm.FILTER_L1,
            Arm.SLIM_SCRATCH_B, Arm.FILTER_L1);
    List<Point> points = new ArrayList<>();
    for (Arm arm : List.of(Arm.MASK_SCRATCH_E, Arm.SLIM_SCRATCH_E, Arm.SLIM_SCRATCH_B)) {
      for (double kept : plan.kept()) {
        List<Trial> scratch = trials(arm, kept);
        List<Trial> tuned = trials(pairs.get(arm), kept);
        for (int i = 0; i < scratch.size(); i++) {
          double gain = 100 * (scratch.get(i).accuracy() - tuned.get(i).accuracy());
          points.add(
              new Point(arm.toString(), scratch.get(i).seed(), measured.density(kept), gain));
        }
      }
    }
    return Figure.row(
            Plot.line(Rows.table("from scratch", Point.class, points))
                .x("x")
                .y("y")
                .by("series")
                .mean()
                .logX()
                .decreasingX()
                .percentX()
                .xTicks(1, 0.7, 0.5, 0.3, 0.2, 0.1, 0.05, 0.03, 0.02)
                .xTitle("weights left (%)")
                .yTitle("more accurate than fine-tuned (points)")
                .title("From scratch against pruned and fine-tuned")
                .size(820, 400))
        .caption(
            "Above 0 training from scratch is better. Weights: against the global mask fine-tuned; filters: against L1 fine-tuned. Mean of %s."
                .formatted(Seeds.caption(plan.seeds())));
  }

  /** Time on the clock beside multiplications. */
  Figure speed() {
    List<Point> points = new ArrayList<>();
    for (Speed speed : measured.speeds()) {
      if (speed.network().equals(Arm.GLOBAL.toString())) {
        points.add(new Point("masked, batch 64", 0, speed.fewerMacs(), speed.faster64()));
      } else {
        points.add(new Point("slim, batch 1", 0, speed.fewerMacs(), speed.faster1()));
        points.add(new Point("slim, batch 64", 0, speed.fewerMacs(), speed.faster64()));
        points.add(
            new Point("multiplications (modelled)", 0, speed.fewerMacs(), speed.fewerMacs()));
      }
    }
    return Figure.row(
            Plot.line(Rows.table("speed", Point.class, points))
                .x("x")
                .y("y")
                .by("series")
                .logX()
                .logY()
                .xTicks(1, 2, 3, 5, 10, 20, 30, 50)
                .xTitle("times fewer multiplications, by zeros left out")
                .yTitle("times faster (measured)")
                .title("What is saved on the clock")
                .size(820, 440))
        .caption(
            "Medians of one run in which all networks took turns, one thread, seed %d. Masked: pruned by weights, %.0f %% left; the engine multiplies by the zeros all the same."
                .formatted(
                    plan.seeds().get(0),
                    100 * measured.density(plan.kept().get(plan.kept().size() - 1))));
  }

  /** A point of a curve. */
  private record Point(String series, long seed, double x, double y) {}
}
