package kerf.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.util.Locale;
import kerf.plot.Axis.Scaling;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendPosition;

/** The one look of all figures: colours, strokes, markers and fonts. */
final class Theme {
  static final Color INK = new Color(0x22, 0x22, 0x22);
  static final Color GRID = new Color(0xE3, 0xE3, 0xE3);
  static final Color DOT = new Color(0x08, 0x30, 0x6B);
  static final Color GONE = new Color(0xD8, 0xD8, 0xD8);
  static final Color FRAME = new Color(0x88, 0x88, 0x88);

  static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 13);
  static final Font AXIS = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
  static final Font TICK = new Font(Font.SANS_SERIF, Font.PLAIN, 11);
  static final Font LEGEND = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
  static final Font CAPTION = new Font(Font.SANS_SERIF, Font.PLAIN, 12);

  static final int MARKER = 7;

  /** Okabe and Ito's palette without its yellow, which vanishes on white. */
  private static final int[] COLORS = {
    0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, 0xE69F00, 0x56B4E9, 0x555555, 0x882255
  };

  private static final float[][] DASHES = {
    {}, {7, 3}, {2, 2.5f}, {8, 2.5f, 2, 2.5f}, {12, 3}, {4, 2}, {8, 2, 2, 2, 2, 2}
  };

  private Theme() {}

  static Color color(int series) {
    return new Color(COLORS[series % COLORS.length]);
  }

  /** The fill of bars, which have no markers: every other one lighter, to differ in print. */
  static Color fill(int series) {
    Color color = color(series);
    double white = series % 2 == 0 ? 0 : 0.45;
    return new Color(
        lighter(color.getRed(), white),
        lighter(color.getGreen(), white),
        lighter(color.getBlue(), white));
  }

  private static int lighter(int channel, double white) {
    return (int) Math.rint(channel + (255 - channel) * white);
  }

  static Glyph glyph(int series) {
    return Glyph.values()[series % Glyph.values().length];
  }

  static BasicStroke line(int series) {
    return stroke(1.6f, DASHES[series % DASHES.length]);
  }

  /** The line between published points: thin and dotted, so that nobody takes it for measured. */
  static BasicStroke published() {
    return stroke(1f, 1.5f, 2.5f);
  }

  static BasicStroke stroke(float width, float... dash) {
    return new BasicStroke(
        width,
        BasicStroke.CAP_BUTT,
        BasicStroke.JOIN_ROUND,
        10f,
        dash.length == 0 ? null : dash,
        0f);
  }

  /** Smooth shapes and text whose width does not depend on the resolution. */
  static void hints(Graphics2D g) {
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    g.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
  }

  /** A title that was never set is empty. */
  static String words(String title) {
    return title == null ? "" : title;
  }

  /** Tells a chart's styler how the chart is drawn; {@link Frame} draws it as the styler says. */
  static void dress(AxesChartStyler styler, Scale x, Scale y) {
    dress(styler);
    styler.setXAxisLogarithmic(x.axis().scaling() == Scaling.LOG);
    styler.setYAxisLogarithmic(y.axis().scaling() == Scaling.LOG);
  }

  static void dress(AxesChartStyler styler) {
    styler
        .setAxisTitleFont(AXIS)
        .setAxisTickLabelsFont(TICK)
        .setAxisTickLabelsColor(INK)
        .setAxisTickMarksColor(FRAME)
        .setAxisTickMarkLength(4)
        .setAxisTicksLineVisible(false)
        .setPlotGridLinesColor(GRID)
        .setPlotGridLinesStroke(stroke(1f))
        .setPlotGridLinesVisible(true)
        .setPlotGridHorizontalLinesVisible(true)
        .setPlotGridVerticalLinesVisible(true)
        .setXAxisTickMarkSpacingHint(48)
        .setYAxisTickMarkSpacingHint(34)
        .setXAxisTitleVisible(true)
        .setYAxisTitleVisible(true)
        .setXAxisTicksVisible(true)
        .setYAxisTicksVisible(true)
        .setAxisTicksMarksVisible(true)
        .setLocale(Locale.ROOT);
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBackgroundColor(Color.WHITE);
    styler.setPlotBorderColor(FRAME);
    styler.setChartTitleFont(TITLE);
    styler.setChartTitleBoxVisible(false);
    styler.setChartFontColor(INK);
    styler.setXAxisTitleColor(INK);
    styler.setYAxisTitleColor(INK);
    styler.setPlotBorderVisible(true);
    styler.setMarkerSize(MARKER);
    styler.setLegendPosition(LegendPosition.OutsideS);
    styler.setLegendBackgroundColor(Color.WHITE);
    styler.setLegendVisible(true);
    styler.setLegendFont(LEGEND);
    styler.setLegendBorderColor(Color.WHITE);
    styler.setAntiAlias(true);
  }
}
