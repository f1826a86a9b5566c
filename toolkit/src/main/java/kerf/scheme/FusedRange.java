package kerf.scheme;

/**
 * The scale and zero point that PyTorch's engine chooses while it observes and fake-quantizes in
 * one step, and in dynamic quantization: {@code ChooseQuantizationParams} of ATen, which differs
 * from the observers' formula ({@link IntegerFormat#params}) in rounding, in symmetric ranges, and
 * for ranges near zero.
 */
public final class FusedRange {
  private static final float LEAST = 6.1e-5f;

  private FusedRange() {}

  /**
   * Chooses.
   *
   * @param format the grid; symmetric means room on both sides only where the range has both signs
   * @param low the least number
   * @param high the greatest number
   * @return the scale, 0.1 for a range of zeros and otherwise at least 6.1e-5, and the zero point
   * @throws IllegalArgumentException if an end is not a number
   */
  public static QuantParams params(IntegerFormat format, float low, float high) {
    IntegerFormat.requireRange(low, high);
    int qmin = format.min();
    int qmax = format.max();
    boolean centered = format.mapping() == Mapping.SYMMETRIC && low < 0 && high > 0;
    float least = low;
    float greatest = high;
    if (centered) {
      int below = -((qmax - qmin) / 2 + 1);
      int above = (qmax - qmin) / 2;
      float scale = Math.max(Math.abs(low / below), Math.abs(high / above));
      least = scale * below;
      greatest = scale * above;
    }
    least = Math.min(least, 0f);
    greatest = Math.max(greatest, 0f);
    float scale = (float) (((double) greatest - least) / (qmax - qmin));
    if (scale == 0f || Float.isInfinite(1f / scale)) {
      scale = 0.1f;
    }
    if (scale < LEAST) {
      float small = scale;
      scale = LEAST;
      if (least == 0f) {
        greatest = scale * (qmax - qmin);
      } else if (greatest == 0f) {
        least = -scale * (qmax - qmin);
      } else {
        float grown = scale / small;
        least *= grown;
        greatest *= grown;
      }
    }
    double fromLeast = qmin - least / (double) scale;
    double fromGreatest = qmax - greatest / (double) scale;
    double errorLeast = Math.abs(qmin) - Math.abs(least / (double) scale);
    double errorGreatest = Math.abs(qmax) - Math.abs(greatest / (double) scale);
    double point = errorLeast < errorGreatest ? fromLeast : fromGreatest;
    if (centered) {
      point = (qmin + qmax) / 2.0;
    }
    int zeroPoint;
    if (point < qmin) {
      zeroPoint = qmin;
    } else if (point > qmax) {
      zeroPoint = qmax;
    } else {
      zeroPoint = (int) Math.rint(point);
    }
    return new QuantParams(scale, zeroPoint);
  }
}
