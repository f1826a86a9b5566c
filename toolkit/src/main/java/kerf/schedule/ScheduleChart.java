package kerf.schedule;

import java.util.ArrayList;
import java.util.List;
import kerf.plot.Figure;
import kerf.plot.LinePlot;
import kerf.plot.Plot;
import kerf.table.Rows;
import kerf.training.Step;

/** The line of a schedule: level between updates, as the mask is. */
final class ScheduleChart {
  private static final long FINE = 1000;

  private ScheduleChart() {}

  private record OverIterations(long iteration, double sparsity) {}

  private record OverEpochs(double epoch, double sparsity) {}

  static Figure of(Schedule schedule) {
    // The step 0 is the same in both.
    List<Step> steps = schedule.steps().stream().filter(step -> step.iterations(FINE) > 0).toList();
    long epochs = steps.stream().filter(Step.Epochs.class::isInstance).count();
    if (epochs == 0) {
      return of(schedule, 1);
    }
    if (epochs < steps.size()) {
      throw new IllegalArgumentException(
          "the chart of %s needs the length of an epoch, found epochs and iterations; write chart(training.perEpoch(data))"
              .formatted(schedule));
    }
    List<OverEpochs> points = new ArrayList<>();
    points(schedule, FINE)
        .forEach(p -> points.add(new OverEpochs((double) p.iteration() / FINE, p.sparsity())));
    return figure(Plot.line(Rows.table("schedule", OverEpochs.class, points)).x("epoch"), schedule);
  }

  static Figure of(Schedule schedule, long perEpoch) {
    return figure(
        Plot.line(Rows.table("schedule", OverIterations.class, points(schedule, perEpoch)))
            .x("iteration"),
        schedule);
  }

  private static Figure figure(LinePlot plot, Schedule schedule) {
    return plot.y("sparsity")
        .steps()
        .percentY()
        .yTitle("sparsity (%)")
        .size(560, 320)
        .figure()
        .caption(schedule.toString());
  }

  /** Every update, and a tenth of the way before the first and after the last. */
  private static List<OverIterations> points(Schedule schedule, long perEpoch) {
    List<Long> updates = schedule.updates(perEpoch);
    long last = updates.get(updates.size() - 1);
    List<OverIterations> points = new ArrayList<>();
    if (updates.get(0) > 0) {
      points.add(new OverIterations(0, 0));
    }
    for (long update : updates) {
      points.add(new OverIterations(update, schedule.sparsity(update, perEpoch)));
    }
    long after = last + Math.max(1, last / 10);
    points.add(new OverIterations(after, schedule.sparsity(after, perEpoch)));
    return points;
  }
}
