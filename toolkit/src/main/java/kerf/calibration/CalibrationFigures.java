package kerf.calibration;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import kerf.observer.Bins;
import kerf.observer.Divergence;
import kerf.observer.Seen;
import kerf.plot.Figure;
import kerf.plot.HistogramPlot;
import kerf.plot.LinePlot;
import kerf.plot.Plot;
import kerf.table.Rows;

/** The pictures of calibrators on one tensor. */
final class CalibrationFigures {
  private static final int BINS = 128;
  private static final int LEVELS = 128;
  private static final int WIDTH = 640;

  private final Calibrators plan;
  private final String tensor;
  private final Seen seen;
  private final List<CalibratorRow> rows;

  CalibrationFigures(Calibrators plan, String tensor, Seen seen, List<CalibratorRow> rows) {
    this.plan = plan;
    this.tensor = tensor;
    this.seen = seen;
    this.rows = rows;
  }

  Figure both() {
    return Figure.row(cutPlot(plan.format().bits()), sqnrPlot())
        .caption(cutCaption() + " Right: 6 dB are one bit.");
  }

  Figure cuts(int bits) {
    return Figure.row(cutPlot(bits)).caption(cutCaption());
  }

  Figure sqnr() {
    return Figure.row(sqnrPlot())
        .caption(
            "Signal to quantization noise of %s, %,d numbers. 6 dB are one bit."
                .formatted(tensor, seen.count()));
  }

  private String cutCaption() {
    return "Histogram of %s, %,d numbers, counts on a logarithmic axis. What is beyond a line is clipped to it."
        .formatted(tensor, seen.count());
  }

  private HistogramPlot cutPlot(int bits) {
    HistogramPlot plot =
        histogram(seen.numbers())
            .title("%s: where each calibrator cuts, %d bits".formatted(tensor, bits))
            .xTitle("activation");
    for (CalibratorRow row : rows) {
      if (row.bits() == bits) {
        // A range that begins at 0, as behind a ReLU, has one cut.
        plot =
            row.low() < 0
                ? plot.mark(row.calibrator(), row.low(), row.high())
                : plot.mark(row.calibrator(), row.high());
      }
    }
    return plot;
  }

  private static HistogramPlot histogram(Bins bins) {
    long[] counts = bins.counts();
    double[] middles =
        IntStream.range(0, counts.length)
            .mapToDouble(i -> bins.low() + (i + 0.5) * bins.width())
            .toArray();
    return Plot.histogram(middles, counts).bins(BINS).logY().size(WIDTH, 420);
  }

  private LinePlot sqnrPlot() {
    double[] widths = plan.bits().stream().mapToDouble(Integer::doubleValue).toArray();
    return Plot.line(Rows.table("SQNR", CalibratorRow.class, rows))
        .x("bits")
        .y("SQNR (dB)")
        .by("calibrator")
        .decreasingX()
        .xTicks(widths)
        .title(tensor + ": what is left of the signal")
        .size(WIDTH, 420);
  }

  Figure divergence() {
    int bits = plan.format().bits();
    Divergence search =
        new Divergence(LEVELS, Divergence.Zeros.AS_NEIGHBORS).fitting(seen, plan.format());
    Bins bins = seen.magnitudes();
    String least = "least divergence";
    List<Point> points = new ArrayList<>();
    Point best = null;
    for (Divergence.Candidate candidate : search.candidates(search.counts(bins))) {
      double at = (candidate.bins() + 0.5) * bins.width();
      points.add(new Point("KL(P||Q)", at, candidate.divergence()));
      if (best == null || candidate.divergence() < best.divergence()) {
        best = new Point(least, at, candidate.divergence());
      }
    }
    if (best == null) {
      best = new Point(least, bins.high(), Double.NaN);
    }
    points.add(best);
    HistogramPlot magnitudes =
        histogram(bins)
            .title("%s: magnitudes, and where KL cuts for %d bits".formatted(tensor, bits))
            .xTitle("magnitude")
            .grid("levels of Q", levels(search.levels(), best.threshold()))
            .mark(least, best.threshold());
    LinePlot curve =
        Plot.line(Rows.table("KL", Point.class, points))
            .x("threshold")
            .y("divergence")
            .by("series")
            .logY()
            .xRange(-0.02 * bins.high(), 1.02 * bins.high())
            .yTitle("KL(P||Q) (nats)")
            .title("The divergence at every threshold, %d levels".formatted(search.levels()))
            .size(WIDTH, 420);
    return Figure.row(magnitudes, curve)
        .caption(
            "P: %,d magnitudes, zeros counting no more than their neighbors, those beyond the threshold in its last bin. Q: the bins below it merged into %d levels. Least at %.4g; candidates whose divergence is infinite are left out."
                .formatted(seen.count(), search.levels(), best.threshold()));
  }

  private static double[] levels(int count, double threshold) {
    return IntStream.rangeClosed(0, count).mapToDouble(i -> i * threshold / count).toArray();
  }

  /** A point of a curve. */
  private record Point(String series, double threshold, double divergence) {}
}
