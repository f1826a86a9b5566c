package kerf.observer;

/**
 * The search of PyTorch's {@code HistogramObserver._non_linear_param_search}: starting with all
 * bins, a hundred-thousandth of the numbers is cut off at a time, on the side where that frees more
 * bins, until the squared error on 256 levels grows.
 */
public final class GreedySearch {
  private static final int LEVELS = 256;
  private static final double STEP = 1e-5;

  private final double[] counts;
  private final float min;
  private final float width;
  private int start;
  private int end;

  /**
   * Searches.
   *
   * @param counts the histogram
   * @param min its lower end
   * @param max its upper end
   */
  public GreedySearch(double[] counts, float min, float max) {
    this.counts = counts.clone();
    this.min = min;
    this.width = (max - min) / counts.length;
    search();
  }

  /**
   * Gives the first bin kept.
   *
   * @return its number
   */
  public int start() {
    return start;
  }

  /**
   * Gives the last bin kept.
   *
   * @return its number
   */
  public int end() {
    return end;
  }

  /**
   * Gives the range of the bins kept.
   *
   * @return from the lower edge of the first to the upper edge of the last
   */
  public Range range() {
    return new Range(min + width * start, min + width * (end + 1));
  }

  private void search() {
    double[] sums = new double[counts.length];
    double total = 0;
    for (int i = 0; i < counts.length; i++) {
      total += counts[i];
      sums[i] = total;
    }
    end = counts.length - 1;
    double alpha = 0;
    double beta = 1;
    double least = Double.POSITIVE_INFINITY;
    while (alpha < beta) {
      int left = start;
      while (left < end && sums[left] < (alpha + STEP) * total) {
        left++;
      }
      int right = end;
      while (right > start && sums[right] > (beta - STEP) * total) {
        right--;
      }
      int nextStart = start;
      int nextEnd = end;
      if (left - start > end - right) {
        nextStart = left;
        alpha += STEP;
      } else {
        nextEnd = right;
        beta -= STEP;
      }
      if (nextStart == start && nextEnd == end) {
        continue;
      }
      double error = error(nextStart, nextEnd);
      if (error > least) {
        return;
      }
      least = error;
      start = nextStart;
      end = nextEnd;
    }
  }

  /** The squared error of numbers spread evenly within their bins, to the middle of their level. */
  private double error(int first, int last) {
    double level = (double) width * (last - first + 1) / LEVELS;
    if (level == 0) {
      return 0;
    }
    double error = 0;
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] == 0) {
        continue;
      }
      double begin = (i - first) * (double) width;
      double stop = begin + width;
      double b = clip(Math.floor(begin / level));
      double e = clip(Math.floor(stop / level));
      double density = counts[i] / width;
      error +=
          density
              * (cubes(begin - (b + 0.5) * level, level / 2)
                  + (e - b - 1) * cubes(-level / 2, level / 2)
                  + cubes(-level / 2, stop - (e + 0.5) * level));
    }
    return error;
  }

  private static double clip(double level) {
    return Math.max(0, Math.min(LEVELS - 1, level));
  }

  private static double cubes(double from, double to) {
    return (to * to * to - from * from * from) / 3;
  }
}
