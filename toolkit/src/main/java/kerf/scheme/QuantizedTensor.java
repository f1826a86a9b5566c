package kerf.scheme;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.Collectors;
import kerf.display.Bundle;
import kerf.display.Shown;
import kerf.granularity.Shape;
import kerf.plot.Figure;
import kerf.table.Rows;
import kerf.table.TableText;
import tech.tablesaw.api.Table;

/**
 * Integers with their scales, and the real numbers they stand for. A value. It shows the histogram
 * of the numbers with the grid over it, and the integers of a small tensor.
 */
public final class QuantizedTensor implements Shown {
  /** A tensor of more integers shows the first ones alone. */
  private static final int MOST = 100;

  private static final int FEW = 16;

  private final Quantizer quantizer;
  private final int[] integers;
  private final float[] original;
  private final long[] shape;

  QuantizedTensor(Quantizer quantizer, int[] integers, float[] original, long... shape) {
    this.quantizer = quantizer;
    this.integers = integers;
    this.original = original;
    this.shape = shape.clone();
  }

  /**
   * Gives the integers.
   *
   * @return a copy, row-major
   */
  public int[] integers() {
    return integers.clone();
  }

  /**
   * Gives the shape.
   *
   * @return the size of each axis
   */
  public long[] shape() {
    return shape.clone();
  }

  /**
   * Gives the format, scales and zero points.
   *
   * @return what quantized this tensor
   */
  public Quantizer quantizer() {
    return quantizer;
  }

  /**
   * Gives the scale of a tensor that has one.
   *
   * @return above 0
   * @throws IllegalStateException if there are several
   */
  public float scale() {
    return single().scale();
  }

  /**
   * Gives the zero point of a tensor that has one.
   *
   * @return an integer of the grid
   * @throws IllegalStateException if there are several
   */
  public int zeroPoint() {
    return single().zeroPoint();
  }

  private QuantParams single() {
    if (quantizer.params().size() > 1) {
      throw new IllegalStateException(
          "one scale is asked for, found %,d (%s); use quantizer().params()"
              .formatted(quantizer.params().size(), quantizer.format()));
    }
    return quantizer.params().get(0);
  }

  /**
   * Gives the real numbers that the integers stand for.
   *
   * @return {@code (q - zeroPoint) * scale}, row-major
   */
  public float[] dequantized() {
    return quantizer.dequantize(integers, shape);
  }

  /**
   * Gives the share of numbers beyond the grid's ends, more than half a step.
   *
   * @return a fraction
   */
  public double clipped() {
    int outside = 0;
    for (boolean in : quantizer.inRange(original, shape)) {
      outside += in ? 0 : 1;
    }
    return original.length == 0 ? 0 : outside / (double) original.length;
  }

  /**
   * Gives the signal-to-quantization-noise ratio: {@code 10 log10(sum x^2 / sum (x - x')^2)}.
   *
   * @return decibels; infinite where nothing was lost, NaN for a tensor of zeros
   */
  public double sqnr() {
    double signal = 0;
    double noise = 0;
    float[] back = dequantized();
    for (int i = 0; i < back.length; i++) {
      signal += (double) original[i] * original[i];
      noise += ((double) original[i] - back[i]) * ((double) original[i] - back[i]);
    }
    return 10 * Math.log10(signal / noise);
  }

  /**
   * Lists the scales with what they did.
   *
   * @return a table, a row a scale: channel, scale, zero point, least and greatest number and
   *     integer, integers used
   */
  public Table table() {
    List<GridRow> rows = new ArrayList<>();
    GridRow[] each = new GridRow[quantizer.params().size()];
    quantizer
        .format()
        .spread()
        .over(shape)
        .forEach(
            (parameter, from, to) -> {
              GridRow row = GridRow.of(quantizer.params().get(parameter), parameter);
              GridRow seen = each[parameter] == null ? row : each[parameter];
              each[parameter] = seen.and(original, integers, from, to);
            });
    rows.addAll(Arrays.asList(each));
    return Rows.table(
        "%s, %s".formatted(Shape.text(shape), quantizer.format()), GridRow.class, rows);
  }

  /**
   * Draws the histogram of the numbers, with the grid over it. Where there are several scales, the
   * numbers are divided by their own, so that all have the same grid: the integers.
   *
   * @return the figure
   */
  public Figure chart() {
    return GridChart.of(this, original);
  }

  @Override
  public Bundle bundle() {
    return chart().bundle().and("text/plain", this + "\n" + TableText.text(table()));
  }

  /**
   * Writes integers.
   *
   * @return all, a line a row, of a small tensor; else the first
   */
  String integerText() {
    if (integers.length > MOST) {
      return "integers " + row(0, FEW) + " …";
    }
    int width = shape.length == 0 ? 1 : (int) shape[shape.length - 1];
    StringBuilder text = new StringBuilder("integers");
    for (int i = 0; i < integers.length; i += width) {
      text.append(integers.length > width ? "\n" : " ").append(row(i, i + width));
    }
    return text.toString();
  }

  private String row(int from, int to) {
    return Arrays.stream(integers, from, to)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(", "))
        .replace('-', '\u2212');
  }

  /** The scale and the zero point of a tensor that has one; else how they spread. */
  String scaleText() {
    List<QuantParams> params = quantizer.params();
    if (params.size() == 1) {
      return "scale %.4g, zero point %d".formatted(scale(), zeroPoint());
    }
    DoubleSummaryStatistics scales =
        params.stream().mapToDouble(QuantParams::scale).summaryStatistics();
    return "%,d scales, %.4g to %.4g".formatted(params.size(), scales.getMin(), scales.getMax());
  }

  @Override
  public String toString() {
    return "%s, %s: %s, %.2f %% clipped, SQNR %.1f dB\n%s"
        .formatted(
            Shape.text(shape),
            quantizer.format(),
            scaleText(),
            100 * clipped(),
            sqnr(),
            integerText());
  }
}
