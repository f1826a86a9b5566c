package kerf.observer;

import kerf.argument.Argument;
import kerf.scheme.IntegerFormat;

/** How the range of a tensor is found. The plan only; {@link #start} gives what sees values. */
public sealed interface Observer permits MinMax, MovingAverage, HistogramSearch, FromHistogram {
  /**
   * Begins to observe.
   *
   * @param format what the tensor will be quantized to
   * @return a state that has seen nothing
   * @throws IllegalArgumentException if this observer cannot serve such a format
   */
  ObserverState start(IntegerFormat format);

  /**
   * The least and greatest number seen. {@code torch.ao.quantization.MinMaxObserver}, per channel
   * {@code PerChannelMinMaxObserver}.
   *
   * @return the observer
   */
  static Observer minMax() {
    return new MinMax();
  }

  /**
   * Least and greatest number of each batch, averaged over batches: {@code m = m + c * (batch -
   * m)}. {@code torch.ao.quantization.MovingAverageMinMaxObserver}, per channel {@code
   * MovingAveragePerChannelMinMaxObserver}.
   *
   * @param constant c, in (0, 1]; PyTorch's is 0.01
   * @return the observer
   */
  static Observer movingAverage(double constant) {
    return new MovingAverage((float) constant);
  }

  /**
   * PyTorch's {@code HistogramObserver}: 2048 bins, and a greedy search for the range of least
   * squared error on 256 levels.
   *
   * @return the observer
   */
  static Observer histogram() {
    return new HistogramSearch(2048);
  }

  /**
   * The range that holds so much of the numbers.
   *
   * @param share the share inside, in (0, 1], such as 0.9999
   * @return the observer
   */
  static Observer percentile(double share) {
    return new FromHistogram(new Percentile(share));
  }

  /**
   * Mean and so many standard deviations on both sides, within the range seen.
   *
   * @param count above 0
   * @return the observer
   */
  static Observer sigmas(double count) {
    return new FromHistogram(new Sigmas(count));
  }

  /**
   * The range of least mean squared error on the format's own grid.
   *
   * @return the observer
   */
  static Observer leastSquares() {
    return new FromHistogram(new LeastSquares());
  }

  /**
   * The range whose quantized distribution diverges least: S. Migacz, "8-bit Inference with
   * TensorRT", GTC 2017. The zeros behind a ReLU count no more than the numbers beside them.
   *
   * @return the observer
   */
  static Observer kl() {
    return kl(Divergence.Zeros.AS_NEIGHBORS);
  }

  /**
   * The range whose quantized distribution diverges least.
   *
   * @param zeros what is made of zeros; {@code COUNTED} is the method as published
   * @return the observer
   */
  static Observer kl(Divergence.Zeros zeros) {
    return new FromHistogram(new Divergence(128, zeros));
  }

  /**
   * The range of least expected squared error if the numbers are Laplace-distributed: R. Banner et
   * al., "Post training 4-bit quantization of convolutional networks", NeurIPS 2019 (ACIQ).
   *
   * @return the observer
   */
  static Observer aciq() {
    return aciq(Aciq.Distribution.LAPLACE);
  }

  /**
   * The range of least expected squared error under an assumed distribution.
   *
   * @param distribution Gauss or Laplace
   * @return the observer
   */
  static Observer aciq(Aciq.Distribution distribution) {
    Argument.require("distribution", distribution);
    return new FromHistogram(new Aciq(distribution));
  }
}
