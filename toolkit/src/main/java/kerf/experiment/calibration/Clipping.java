package kerf.experiment.calibration;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import kerf.calibration.Calibrators;
import kerf.calibration.TensorCalibration;
import kerf.observer.Aciq;
import kerf.observer.Observer;
import kerf.random.RandomStream;
import kerf.scheme.IntegerFormat;

/**
 * The clipping of least squared error for known distributions, in their widths: Laplace's b,
 * Gauss's standard deviation.
 *
 * @param distribution which
 * @param bits the width of the integers
 * @param clipping how far from 0 the range reaches
 */
record Clipping(String distribution, int bits, double clipping) {
  private static final int NUMBERS = 200_000;
  private static final Observer SEARCH = Observer.leastSquares();

  /** Banner et al. 2019, section 3, and the authors' code: by bits from 2 on. */
  private static final Map<Aciq.Distribution, double[]> PUBLISHED =
      Map.of(
          Aciq.Distribution.LAPLACE, new double[] {2.83, 3.89, 5.03, 6.2, 7.41, 8.64, 9.89},
          Aciq.Distribution.GAUSS, new double[] {1.71, 2.15, 2.55, 2.93, 3.28, 3.61, 3.92});

  static List<Clipping> published() {
    List<Clipping> all = new ArrayList<>();
    for (Aciq.Distribution distribution : Aciq.Distribution.values()) {
      double[] values = PUBLISHED.get(distribution);
      for (int i = 0; i < values.length; i++) {
        all.add(new Clipping(name(distribution), i + 2, values[i]));
      }
    }
    return all;
  }

  static double published(Aciq.Distribution distribution, int bits) {
    return PUBLISHED.get(distribution)[bits - 2];
  }

  /** What a search finds on numbers drawn from the distributions. */
  static List<Clipping> measured() {
    List<Clipping> all = new ArrayList<>();
    for (Aciq.Distribution distribution : Aciq.Distribution.values()) {
      measured(distribution)
          .forEach((bits, found) -> all.add(new Clipping(name(distribution), bits, found)));
    }
    return all;
  }

  /** By bits. */
  static Map<Integer, Double> measured(Aciq.Distribution distribution) {
    TensorCalibration found =
        Calibrators.standard()
            .observers(SEARCH)
            .format(IntegerFormat.signed(8).symmetric())
            .compare(numbers(distribution));
    Map<Integer, Double> clippings = new TreeMap<>();
    for (int bits = 2; bits <= 8; bits++) {
      clippings.put(bits, (double) found.row(SEARCH, bits).scale() * (1 << (bits - 1)));
    }
    return clippings;
  }

  /** Numbers of width 1 around 0. */
  static float[] numbers(Aciq.Distribution distribution) {
    RandomStream random = RandomStream.of(1, "clipping");
    if (distribution == Aciq.Distribution.GAUSS) {
      return random.gaussians(NUMBERS, 1);
    }
    float[] numbers = new float[NUMBERS];
    for (int i = 0; i < numbers.length; i++) {
      double share = 2 * random.nextDouble() - 1;
      numbers[i] = (float) (-Math.signum(share) * Math.log1p(-Math.abs(share)));
    }
    return numbers;
  }

  private static String name(Aciq.Distribution distribution) {
    return distribution == Aciq.Distribution.GAUSS ? "Gauss (in σ)" : "Laplace (in b)";
  }
}
