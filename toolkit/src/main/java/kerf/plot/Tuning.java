package kerf.plot;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import kerf.plot.Axis.Scaling;
import org.knowm.xchart.style.AxesChartStyler;

/** One axis of a chart as its plan has it, or as its styler was told to have it afterwards. */
record Tuning(Scale scale, int spacing, int most, DoubleFunction<String> text) {

  static Tuning x(Scale plan, AxesChartStyler styler) {
    return new Tuning(
        scale("x", plan, styler.isXAxisLogarithmic(), styler.getXAxisMin(), styler.getXAxisMax()),
        styler.getXAxisTickMarkSpacingHint(),
        styler.getXAxisMaxLabelCount(),
        text(
            styler.getxAxisTickLabelsFormattingFunction(),
            styler.getXAxisDecimalPattern() == null
                ? styler.getDecimalPattern()
                : styler.getXAxisDecimalPattern(),
            styler.getLocale()));
  }

  static Tuning y(Scale plan, AxesChartStyler styler) {
    return new Tuning(
        scale("y", plan, styler.isYAxisLogarithmic(), styler.getYAxisMin(), styler.getYAxisMax()),
        styler.getYAxisTickMarkSpacingHint(),
        0,
        text(
            styler.getyAxisTickLabelsFormattingFunction(),
            styler.getYAxisDecimalPattern() == null
                ? styler.getDecimalPattern()
                : styler.getYAxisDecimalPattern(),
            styler.getLocale()));
  }

  /** The ticks on an axis that is so many pixels long; names of places stay as they are. */
  List<Scale.Tick> ticks(double length) {
    int room = Math.max(2, (int) (length / Math.max(1, spacing)));
    List<Scale.Tick> ticks = scale.ticks(most > 0 ? Math.min(most, room) : room);
    return text == null || !scale.names().isEmpty()
        ? ticks
        : ticks.stream().map(t -> new Scale.Tick(t.value(), text.apply(t.value()))).toList();
  }

  private static Scale scale(String name, Scale plan, boolean log, Double min, Double max) {
    double low = min == null ? plan.low() : min;
    double high = max == null ? plan.high() : max;
    if (low >= high) {
      throw new IllegalArgumentException(
          "the %s axis runs from low to high, found %s to %s; set both its minimum and its maximum"
              .formatted(name, low, high));
    }
    if (log && low <= 0) {
      throw new IllegalArgumentException(
          "a logarithmic %1$s axis shows values above 0 only, found %2$s at its start; set its minimum"
              .formatted(name, low));
    }
    Axis axis = plan.axis().scaling(log ? Scaling.LOG : Scaling.LINEAR);
    return new Scale(axis, low, high, plan.names());
  }

  private static DoubleFunction<String> text(
      Function<Double, String> words, String pattern, Locale locale) {
    if (words != null) {
      return words::apply;
    }
    return pattern == null
        ? null
        : new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(locale))::format;
  }
}
