package kerf.scheme;

import java.util.stream.IntStream;
import kerf.granularity.Shape;
import kerf.plot.Figure;
import kerf.plot.HistogramPlot;
import kerf.plot.Plot;

/** Draws numbers beside the grid they are rounded to. */
final class GridChart {
  private static final int BINS = 100;

  /** So many numbers pile up so high that single ones would not be seen. */
  private static final int MANY = 1_000;

  /** A grid of more integers is drawn by its ends alone. */
  private static final int MOST_INTEGERS = 256;

  private GridChart() {}

  static Figure of(QuantizedTensor tensor, float[] original) {
    Quantizer quantizer = tensor.quantizer();
    boolean single = quantizer.params().size() == 1;
    double[] numbers = new double[original.length];
    quantizer
        .format()
        .spread()
        .over(tensor.shape())
        .forEach(
            (parameter, from, to) -> {
              QuantParams own = quantizer.params().get(parameter);
              for (int i = from; i < to; i++) {
                numbers[i] =
                    single ? original[i] : original[i] / (double) own.scale() + own.zeroPoint();
              }
            });
    HistogramPlot plot =
        Plot.histogram(numbers)
            .bins(BINS)
            .title("%s, %s".formatted(Shape.text(tensor.shape()), quantizer.format()))
            .xTitle(single ? "value" : "value / scale + zero point (1 is a step of the grid)")
            .size(640, 340)
            .grid("grid of integers", grid(quantizer, single));
    boolean many = original.length >= MANY;
    return Figure.row(many ? plot.logY() : plot)
        .caption(
            "%s, %.2f %% clipped, SQNR %.1f dB%s\n%s"
                .formatted(
                    tensor.scaleText(),
                    100 * tensor.clipped(),
                    tensor.sqnr(),
                    many ? "; counts on a logarithmic axis" : "",
                    tensor.integerText()));
  }

  private static double[] grid(Quantizer quantizer, boolean single) {
    IntegerFormat format = quantizer.format();
    QuantParams params = single ? quantizer.params().get(0) : new QuantParams(1, 0);
    long count = format.max() - (long) format.min() + 1;
    IntStream integers =
        count > MOST_INTEGERS
            ? IntStream.of(format.min(), format.max())
            : IntStream.rangeClosed(format.min(), format.max());
    return integers.mapToDouble(q -> (q - params.zeroPoint()) * (double) params.scale()).toArray();
  }
}
