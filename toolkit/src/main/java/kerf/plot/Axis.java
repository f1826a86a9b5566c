package kerf.plot;

import java.util.List;

/**
 * What is said about one axis of a plot.
 *
 * @param title what it measures, with the unit; empty for the column's title
 * @param scaling how values lie along it
 * @param direction which way it runs
 * @param unit how its ticks are written
 * @param low the least value shown; NaN to take it from the data
 * @param high the greatest value shown; NaN to take it from the data
 * @param ticks where to put ticks; empty to choose round values
 */
public record Axis(
    String title,
    Scaling scaling,
    Direction direction,
    Unit unit,
    double low,
    double high,
    List<Double> ticks) {

  /** How values lie along an axis. */
  public enum Scaling {
    /** Equal differences, equal distances. */
    LINEAR,
    /** Equal ratios, equal distances. */
    LOG
  }

  /** Which way an axis runs, to the right or upwards. */
  public enum Direction {
    /** From the least value to the greatest. */
    INCREASING,
    /** From the greatest value to the least. */
    DECREASING
  }

  /** How ticks are written. */
  public enum Unit {
    /** As they are. */
    NUMBER,
    /** Fractions in percent; the axis title gets the sign. */
    PERCENT
  }

  /**
   * Checks the range.
   *
   * @param title what it measures
   * @param scaling how values lie along it
   * @param direction which way it runs
   * @param unit how its ticks are written
   * @param low the least value shown
   * @param high the greatest value shown
   * @param ticks where to put ticks
   */
  public Axis {
    if (low >= high) {
      throw new IllegalArgumentException(
          "an axis runs from low to high, found low " + low + " and high " + high);
    }
    if (scaling == Scaling.LOG && low <= 0) {
      throw new IllegalArgumentException(
          "a logarithmic axis shows values above 0 only, found low " + low);
    }
    ticks = List.copyOf(ticks);
  }

  /**
   * An axis with all choices left open.
   *
   * @return linear, increasing, plain numbers, range from the data
   */
  public static Axis standard() {
    return new Axis(
        "", Scaling.LINEAR, Direction.INCREASING, Unit.NUMBER, Double.NaN, Double.NaN, List.of());
  }

  Axis title(String words) {
    return new Axis(words, scaling, direction, unit, low, high, ticks);
  }

  Axis scaling(Scaling kind) {
    return new Axis(title, kind, direction, unit, low, high, ticks);
  }

  Axis direction(Direction way) {
    return new Axis(title, scaling, way, unit, low, high, ticks);
  }

  Axis unit(Unit written) {
    return new Axis(title, scaling, direction, written, low, high, ticks);
  }

  Axis range(double from, double to) {
    requireFinite(from, to);
    return new Axis(title, scaling, direction, unit, from, to, ticks);
  }

  /** Ends left open are not-a-number inside a plan; a caller gives both. */
  static void requireFinite(double from, double to) {
    if (!Double.isFinite(from) || !Double.isFinite(to)) {
      throw new IllegalArgumentException(
          "a range runs from one finite number to a greater, found %s to %s; leave it out to take it from the data"
              .formatted(from, to));
    }
  }

  Axis ticks(List<Double> places) {
    for (double place : places) {
      if (!Double.isFinite(place)) {
        throw new IllegalArgumentException("ticks must be finite numbers, found " + place);
      }
    }
    return new Axis(title, scaling, direction, unit, low, high, places);
  }

  /** The axis title, given the column's. */
  String words(String column) {
    String words = title.isEmpty() ? column : title;
    return unit == Unit.PERCENT && !words.contains("%") ? words + " (%)" : words;
  }
}
