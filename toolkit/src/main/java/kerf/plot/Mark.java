package kerf.plot;

import java.util.stream.DoubleStream;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;

/**
 * Upright lines at values of a histogram.
 *
 * @param name as the legend says
 * @param reach how high the lines reach
 * @param values where they stand; NaN and infinity are left out
 */
public record Mark(String name, Reach reach, double[] values) {
  /** So many lines can be told apart over the whole height. */
  private static final int MOST_LINES = 65;

  private static final double[] NONE = {};

  /** How high lines reach. */
  public enum Reach {
    /** Over the whole height, with a marker at the top. */
    WHOLE,
    /** Faint and over the whole height if there are few; at the top only if there are many. */
    GRID
  }

  /**
   * Leaves out NaN and infinity.
   *
   * @param name as the legend says
   * @param reach how high the lines reach
   * @param values where they stand
   */
  public Mark {
    values = DoubleStream.of(values).filter(Double::isFinite).toArray();
    if (values.length == 0) {
      throw new IllegalArgumentException("a mark needs values, found none for " + name);
    }
  }

  /**
   * Draws the lines.
   *
   * @param chart where
   * @param rank the number of the mark, for its color; later ones end a little lower, so that lines
   *     that lie over each other can still be told apart
   * @param foot the y at which lines begin
   * @param scale of the y axis
   */
  void draw(LineChart chart, int rank, double foot, Scale scale) {
    if (reach == Reach.GRID) {
      double from = values.length > MOST_LINES ? scale.at(0.95) : foot;
      Look look = new Look(Theme.FRAME, Theme.stroke(0.5f), Glyph.none());
      chart.add(lines(from, scale.at(1)), name, name, XYSeriesRenderStyle.Line, look);
      return;
    }
    double top = scale.at(0.97 - 0.04 * (rank % 12));
    Look line = new Look(Theme.color(rank), Theme.line(rank), Glyph.none());
    chart.add(lines(foot, top), name + " ", "", XYSeriesRenderStyle.Line, line);
    double[] tops = DoubleStream.of(values).map(value -> top).toArray();
    Look pin = new Look(Theme.color(rank), Theme.line(rank), Theme.glyph(rank).filled());
    chart.add(
        new Curve(name, values, tops, NONE, NONE), name, name, XYSeriesRenderStyle.Scatter, pin);
  }

  /** One path; what is not a number lifts the pen. */
  private Curve lines(double from, double to) {
    double[] x = new double[3 * values.length];
    double[] y = new double[3 * values.length];
    for (int i = 0; i < values.length; i++) {
      x[3 * i] = values[i];
      x[3 * i + 1] = values[i];
      x[3 * i + 2] = values[i];
      y[3 * i] = from;
      y[3 * i + 1] = to;
      y[3 * i + 2] = Double.NaN;
    }
    return new Curve(name, x, y, NONE, NONE);
  }
}
