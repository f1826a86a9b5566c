package kerf.calibration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import kerf.argument.Argument;
import kerf.display.Bundle;
import kerf.display.Shown;
import kerf.observer.Observer;
import kerf.observer.ObserverState;
import kerf.scheme.FloatFormat;
import kerf.scheme.IntegerFormat;
import kerf.table.Rows;
import kerf.table.TableHtml;
import kerf.table.TableText;
import tech.tablesaw.api.Table;

/**
 * Number formats side by side on the same numbers: floats of 32 and 16 bits, integers from 8 bits
 * down, whose scale comes from the greatest magnitude.
 */
public final class FormatComparison implements Shown {
  private final List<FormatRow> rows;
  private final int count;

  private FormatComparison(List<FormatRow> rows, int count) {
    this.rows = rows;
    this.count = count;
  }

  /**
   * Rounds numbers to each format.
   *
   * @param values finite numbers, such as the weights of a layer
   * @return what is left of them
   * @throws IllegalArgumentException if there are none
   */
  public static FormatComparison of(float... values) {
    Argument.require("values", values);
    if (values.length == 0) {
      throw new IllegalArgumentException("formats need numbers to round, found none");
    }
    List<FormatRow> rows = new ArrayList<>();
    rows.add(row("fp32", 32, values, values));
    for (FloatFormat format : FloatFormat.values()) {
      rows.add(row(format.toString(), format.bits(), values, format.round(values)));
    }
    for (int bits : new int[] {8, 6, 4, 3, 2}) {
      IntegerFormat format = IntegerFormat.signed(bits).restricted();
      ObserverState range = Observer.minMax().start(format);
      range.observe(values, values.length);
      float[] left = range.quantizer().quantize(values, values.length).dequantized();
      rows.add(row("int" + bits, bits, values, left));
    }
    return new FormatComparison(List.copyOf(rows), values.length);
  }

  private static FormatRow row(String name, int bits, float[] before, float[] after) {
    double signal = 0;
    double noise = 0;
    double greatest = 0;
    for (int i = 0; i < before.length; i++) {
      double lost = (double) before[i] - after[i];
      signal += (double) before[i] * before[i];
      noise += lost * lost;
      greatest = Math.max(greatest, Math.abs(lost));
    }
    double sqnr = noise == 0 ? Double.NaN : 10 * Math.log10(signal / noise);
    return new FormatRow(
        name, bits, (bits * (long) before.length + 7) / 8, different(after), greatest, sqnr);
  }

  private static long different(float... values) {
    float[] sorted = values.clone();
    Arrays.sort(sorted);
    return 1 + IntStream.range(1, sorted.length).filter(i -> sorted[i] != sorted[i - 1]).count();
  }

  /**
   * Lists the formats.
   *
   * @return a table, a row each: bits, bytes, different numbers, greatest error, SQNR
   */
  public Table table() {
    return Rows.table("%,d numbers in each format".formatted(count), FormatRow.class, rows);
  }

  @Override
  public Bundle bundle() {
    return Bundle.of(toString()).html(TableHtml.html(table()));
  }

  @Override
  public String toString() {
    return TableText.text(table());
  }
}
