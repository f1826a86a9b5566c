package kerf.plot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import kerf.argument.Argument;
import kerf.argument.Names;
import tech.tablesaw.api.NumberColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** One series of a line plot, taken from the rows of a table: points in the order of x. */
record Curve(String name, double[] x, double[] y, double[] low, double[] high) {

  boolean bars() {
    return low.length > 0;
  }

  double least() {
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < y.length; i++) {
      double value = bars() && !Double.isNaN(low[i]) ? Math.min(low[i], y[i]) : y[i];
      least = Double.isNaN(value) ? least : Math.min(least, value);
    }
    return least;
  }

  double greatest() {
    double greatest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < y.length; i++) {
      double value = bars() && !Double.isNaN(high[i]) ? Math.max(high[i], y[i]) : y[i];
      greatest = Double.isNaN(value) ? greatest : Math.max(greatest, value);
    }
    return greatest;
  }

  /** The rows of a table by the text of a column, in the order of their first appearance. */
  static Map<String, List<Integer>> groups(Table table, String by) {
    Map<String, List<Integer>> groups = new LinkedHashMap<>();
    for (int row = 0; row < table.rowCount(); row++) {
      String group = by.isEmpty() ? "" : column(table, by).getString(row);
      groups.computeIfAbsent(group, name -> new ArrayList<>()).add(row);
    }
    return groups;
  }

  /** Where a member is not finite. */
  double[] diverged() {
    return IntStream.range(0, x.length)
        .filter(i -> Double.isNaN(y[i]))
        .mapToDouble(i -> x[i])
        .toArray();
  }

  /** Points of some rows, one a row; {@code low} and {@code high} name columns or are empty. */
  static Curve points(
      String name, Table table, List<Integer> rows, String x, String y, String low, String high) {
    NumberColumn<?, ?> xs = numbers(table, x);
    List<Integer> sorted =
        rows.stream()
            .filter(row -> !Double.isNaN(finite(xs, row)))
            .sorted((a, b) -> Double.compare(finite(xs, a), finite(xs, b)))
            .toList();
    return new Curve(
        name,
        values(table, sorted, x),
        values(table, sorted, y),
        low.isEmpty() ? new double[0] : values(table, sorted, low),
        high.isEmpty() ? new double[0] : values(table, sorted, high));
  }

  /**
   * The mean of the rows with the same x, with bars from the least to the greatest of them. Where
   * one of them is not finite there is no mean: it would be that of the others.
   */
  static Curve means(String name, Table table, List<Integer> rows, String x, String y) {
    NumberColumn<?, ?> xs = numbers(table, x);
    NumberColumn<?, ?> ys = numbers(table, y);
    Map<Double, List<Double>> samples = new TreeMap<>();
    for (int row : rows) {
      if (!Double.isNaN(finite(xs, row))) {
        samples.computeIfAbsent(finite(xs, row), at -> new ArrayList<>()).add(finite(ys, row));
      }
    }
    if (samples.values().stream().flatMap(List::stream).allMatch(value -> value.isNaN())) {
      // A column that is not about these rows.
      samples.clear();
    }
    int n = samples.size();
    Curve curve = new Curve(name, new double[n], new double[n], new double[n], new double[n]);
    int i = 0;
    for (var sample : samples.entrySet()) {
      var statistics = sample.getValue().stream().mapToDouble(v -> v).summaryStatistics();
      curve.x[i] = sample.getKey();
      curve.y[i] = statistics.getAverage();
      curve.low[i] = statistics.getMin();
      curve.high[i] = statistics.getMax();
      i++;
    }
    return curve;
  }

  private static double[] values(Table table, List<Integer> rows, String title) {
    NumberColumn<?, ?> column = numbers(table, title);
    return rows.stream().mapToDouble(row -> finite(column, row)).toArray();
  }

  /** A cell's value; what is infinite cannot be drawn and counts as missing. */
  private static double finite(NumberColumn<?, ?> column, int row) {
    double value = column.getDouble(row);
    return Double.isFinite(value) ? value : Double.NaN;
  }

  static Column<?> column(Table table, String title) {
    Argument.require("column", title);
    if (!table.containsColumn(title)) {
      throw new IllegalArgumentException(
          "table %s has no column %s; its columns are %s"
              .formatted(table.name(), title, Names.listed(title, table.columnNames())));
    }
    return table.column(title);
  }

  static NumberColumn<?, ?> numbers(Table table, String title) {
    if (column(table, title) instanceof NumberColumn<?, ?> numbers) {
      return numbers;
    }
    throw new IllegalArgumentException(
        "column %s of table %s must hold numbers, found %s"
            .formatted(
                title, table.name(), column(table, title).type().name().toLowerCase(Locale.ROOT)));
  }
}
