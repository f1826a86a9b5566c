package kerf.observer;

import kerf.scheme.IntegerFormat;
import kerf.scheme.Spread;

/**
 * PyTorch's {@code HistogramObserver}: a histogram that is carried over, approximately, to a wider
 * range when one comes, and a greedy search that cuts off the emptier side until the squared error
 * grows.
 *
 * <p>The search measures the error on 256 levels whatever the format has, reduced range or 4 bits:
 * for narrow formats it clips too little. {@code leastSquares()} has the format's own grid.
 *
 * @param bins of the histogram; PyTorch's default is 2048
 */
public record HistogramSearch(int bins) implements Observer {
  /**
   * Checks the bins.
   *
   * @param bins 1 or more
   */
  public HistogramSearch {
    if (bins < 1) {
      throw new IllegalArgumentException("a histogram needs 1 or more bins, found " + bins);
    }
  }

  @Override
  public HistogramState start(IntegerFormat format) {
    if (!(format.spread() instanceof Spread.PerTensor)) {
      throw new IllegalArgumentException(
          "%s observes one range a tensor, found %s; call perTensor(), or use minMax()"
              .formatted(this, format));
    }
    return new HistogramState(this, format);
  }

  @Override
  public String toString() {
    return "histogram()";
  }
}
