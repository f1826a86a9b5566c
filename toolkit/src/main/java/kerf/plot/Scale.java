package kerf.plot;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import kerf.plot.Axis.Direction;
import kerf.plot.Axis.Scaling;
import kerf.plot.Axis.Unit;

/** From values to places along an axis, 0 at its start and 1 at its end, and the ticks on it. */
record Scale(Axis axis, double low, double high, List<String> names) {

  /** A place along the axis with its text. */
  record Tick(double value, String text) {}

  /**
   * The scale that shows all values, with some room on both sides where the axis leaves it open.
   */
  static Scale fit(Axis axis, double least, double greatest, double room) {
    boolean log = axis.scaling() == Scaling.LOG;
    if (log && least <= 0) {
      throw new IllegalArgumentException(
          "a logarithmic axis shows values above 0 only, found " + least);
    }
    double a = log ? Math.log10(least) : least;
    double b = log ? Math.log10(greatest) : greatest;
    double margin = b > a ? (b - a) * room : log ? 0.1 : Math.max(Math.abs(b) * 0.05, 0.05);
    double low = log ? Math.pow(10, a - margin) : a - margin;
    double high = log ? Math.pow(10, b + margin) : b + margin;
    return new Scale(
        axis,
        Double.isNaN(axis.low()) ? low : axis.low(),
        Double.isNaN(axis.high()) ? high : axis.high(),
        List.of());
  }

  /** The scale of named places 0, 1, 2, … with half a place of room on both sides. */
  static Scale named(Axis axis, List<String> names) {
    return new Scale(axis, -0.5, names.size() - 0.5, names);
  }

  /** Where a value lies: 0 is the axis' start (left, bottom), 1 its end. */
  double place(double value) {
    double share =
        axis.scaling() == Scaling.LOG
            ? Math.log(value / low) / Math.log(high / low)
            : (value - low) / (high - low);
    return axis.direction() == Direction.DECREASING ? 1 - share : share;
  }

  /** The value at a place between the axis' start, 0, and its end, 1. */
  double at(double place) {
    double share = axis.direction() == Direction.DECREASING ? 1 - place : place;
    return axis.scaling() == Scaling.LOG
        ? low * Math.pow(high / low, share)
        : low + share * (high - low);
  }

  /** Ticks at round values, or where the axis puts them; about as many as asked for at most. */
  List<Tick> ticks(int most) {
    if (!names.isEmpty()) {
      return IntStream.range(0, names.size())
          .filter(i -> i >= low && i <= high)
          .mapToObj(i -> new Tick(i, names.get(i)))
          .toList();
    }
    List<Double> values =
        axis.ticks().isEmpty()
            ? axis.scaling() == Scaling.LOG ? logarithmic(most) : linear(most)
            : axis.ticks();
    // A value that rounding put a hair's breadth outside is still on the axis.
    double hair = (high - low) * 1e-9;
    List<Double> shown = values.stream().filter(v -> v >= low - hair && v <= high + hair).toList();
    int digits = shown.stream().mapToInt(this::digits).max().orElse(0);
    boolean grouped = shown.stream().anyMatch(value -> Math.abs(value) >= 10_000);
    boolean same = axis.scaling() == Scaling.LINEAR && axis.ticks().isEmpty();
    List<Tick> ticks = new ArrayList<>();
    for (double value : shown) {
      ticks.add(new Tick(value, text(value, same ? digits : digits(value), grouped)));
    }
    return ticks;
  }

  private List<Double> linear(int most) {
    double least = Math.pow(10, Math.floor(Math.log10((high - low) / Math.max(1, most))));
    List<Double> finer = List.of();
    for (double factor : new double[] {1, 2, 5, 10}) {
      List<Double> values = multiples(least * factor);
      if ((high - low) / (least * factor) <= most) {
        // From 2 to 5 a step grows so much that none may be left of the two that were too many.
        return values.isEmpty() ? finer : values;
      }
      finer = values;
    }
    return finer;
  }

  private List<Double> multiples(double step) {
    List<Double> values = new ArrayList<>();
    for (long i = (long) Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) {
      values.add(i * step);
    }
    return values;
  }

  private List<Double> logarithmic(int most) {
    for (int[] factors : new int[][] {{1, 2, 3, 5, 7}, {1, 2, 5}, {1, 3}, {1}}) {
      List<Double> values = new ArrayList<>();
      for (int e = (int) Math.floor(Math.log10(low)); e <= Math.ceil(Math.log10(high)); e++) {
        for (int factor : factors) {
          double value = e < 0 ? factor / Math.pow(10, -e) : factor * Math.pow(10, e);
          if (value >= low && value <= high) {
            values.add(value);
          }
        }
      }
      if (values.size() <= most || factors.length == 1) {
        return values;
      }
    }
    throw new AssertionError("the last factors always return");
  }

  private BigDecimal written(double value) {
    BigDecimal exact = new BigDecimal(value).setScale(12, RoundingMode.HALF_EVEN);
    return (axis.unit() == Unit.PERCENT ? exact.movePointRight(2) : exact);
  }

  /** Digits after the point that a value needs; what the user placed himself gets one at most. */
  private int digits(double value) {
    int most = axis.ticks().isEmpty() ? 6 : 1;
    BigDecimal rounded = written(value).setScale(most, RoundingMode.HALF_EVEN);
    return Math.max(0, rounded.signum() == 0 ? 0 : rounded.stripTrailingZeros().scale());
  }

  private String text(double value, int digits, boolean grouped) {
    BigDecimal rounded = written(value).setScale(digits, RoundingMode.HALF_EVEN);
    return grouped
        ? String.format(Locale.ROOT, "%,." + digits + "f", rounded)
        : rounded.toPlainString().replace('-', '−');
  }
}
