package kerf.calibration;

import kerf.scheme.IntegerFormat;
import kerf.scheme.QuantParams;

/** What quantization takes from numbers, summed over batches; for one thread. */
final class Rounding {
  private final IntegerFormat format;
  private final QuantParams params;
  private long count;
  private long clipped;
  private double signal;
  private double noise;
  private double clippedNoise;

  Rounding(IntegerFormat format, QuantParams params) {
    this.format = format;
    this.params = params;
  }

  /** The arithmetic of fake quantization, as in {@code kerf.scheme.Quantizer.fake}. */
  void add(float... values) {
    float inverse = 1f / params.scale();
    float scale = params.scale();
    int zeroPoint = params.zeroPoint();
    for (float x : values) {
      double q = Math.rint(x * inverse) + zeroPoint;
      double inside = Math.max(format.min(), Math.min(format.max(), q));
      double lost = x - (inside - zeroPoint) * scale;
      noise += lost * lost;
      if (inside != q) {
        clipped++;
        clippedNoise += lost * lost;
      }
      signal += (double) x * x;
    }
    count += values.length;
  }

  QuantParams params() {
    return params;
  }

  /** The fraction of numbers beyond the grid's ends. */
  double clipped() {
    return clipped / (double) count;
  }

  /** The fraction of the squared error that numbers beyond the grid's ends make. */
  double clippedShare() {
    return noise == 0 ? 0 : clippedNoise / noise;
  }

  double meanSquaredError() {
    return noise / count;
  }

  /** Signal to quantization noise in decibels. */
  double sqnr() {
    return 10 * Math.log10(signal / noise);
  }
}
