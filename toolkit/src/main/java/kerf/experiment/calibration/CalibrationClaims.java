package kerf.experiment.calibration;

import java.util.List;
import kerf.calibration.Calibrators;
import kerf.calibration.TensorCalibration;
import kerf.experiment.Claim;
import kerf.observer.Aciq;
import kerf.observer.Observer;
import kerf.scheme.IntegerFormat;

/** Published findings on calibration, held against a run; and what else one would like to know. */
final class CalibrationClaims {
  private static final String OURS = "not published";
  private static final Observer MIN_MAX = Observer.minMax();
  private static final Observer KL = Observer.kl();
  private static final Observer ACIQ = Observer.aciq();
  private static final Observer SEARCH = Observer.leastSquares();
  private static final Observer HISTOGRAM = Observer.histogram();

  private final Calibration plan;
  private final Measured measured;

  CalibrationClaims(Calibration plan, Measured measured) {
    this.plan = plan;
    this.measured = measured;
  }

  List<Claim> all() {
    return List.of(
        // Krishnamoorthi 2018: weights by channel, activations by layer, ranges as seen.
        eight(
            "8 bits, least and greatest value seen: accuracy stays",
            "within 2 % of floats",
            MIN_MAX,
            0.02),
        best(),
        // Migacz 2017.
        eight("8 bits, KL divergence: no training needed", "no significant loss", KL, 0.005),
        aciq(),
        clipping(Aciq.Distribution.LAPLACE, "5.03 b"),
        clipping(Aciq.Distribution.GAUSS, "2.55 σ"),
        histogram(),
        search(),
        spread());
  }

  /** Wu et al. 2020. */
  private Claim best() {
    String words = "8 bits, the best calibrator";
    String published = "within 1 % of floats";
    String within = "within 1 % of floats";
    if (!plan.calibrators().bits().contains(8)) {
      return Claim.notReached(words, published, within);
    }
    Observer best = measured.best(8);
    double gain = measured.gain(best, 8);
    return Claim.tested(
        words,
        published,
        "%s (%s)".formatted(Claim.points(gain), best),
        within,
        gain >= -0.01 * measured.floats(),
        gain,
        0.01 * measured.floats());
  }

  /** At 8 bits, against floats. */
  private Claim eight(String words, String published, Observer observer, double tolerance) {
    String within = "at least %s".formatted(Claim.points(-tolerance));
    if (!measured.has(observer, 8)) {
      return Claim.notReached(words, published, within);
    }
    double gain = measured.gain(observer, 8);
    return Claim.tested(words, published, Claim.points(gain), within, gain >= -tolerance, gain);
  }

  /** Banner et al. 2019, at 4 bits; where 4 bits lose nothing anyway, fewer tell. */
  private Claim aciq() {
    String words = "few bits: clipping by formula (ACIQ) is better than none";
    String published = "better (4 bits)";
    String within = "at least +0.25 points at 3 bits";
    List<Integer> few = List.of(4, 3, 2);
    if (!plan.calibrators().bits().containsAll(few)
        || !plan.calibrators().observers().containsAll(List.of(ACIQ, MIN_MAX))) {
      return Claim.notReached(words, published, within);
    }
    List<Double> gains =
        few.stream().map(bits -> measured.gain(ACIQ, bits) - measured.gain(MIN_MAX, bits)).toList();
    return Claim.tested(
        words,
        published,
        "%s at 4 bits, %s at 3, %s at 2"
            .formatted(
                Claim.points(gains.get(0)), Claim.points(gains.get(1)), Claim.points(gains.get(2))),
        within,
        gains.get(1) >= 0.0025,
        gains.get(1));
  }

  private static Claim clipping(Aciq.Distribution distribution, String published) {
    double found = Clipping.measured(distribution).get(4);
    double formula = Clipping.published(distribution, 4);
    return Claim.tested(
        "4 bits, %s's distribution: the best clipping"
            .formatted(distribution == Aciq.Distribution.GAUSS ? "Gauss" : "Laplace"),
        published,
        "%.2f, by search".formatted(found),
        "within 10 %",
        Math.abs(found / formula - 1) <= 0.1,
        Math.abs(found / formula - 1));
  }

  /** PyTorch's observer measures errors on 256 levels whatever the format has. */
  private static Claim histogram() {
    TensorCalibration normal =
        Calibrators.standard()
            .observers(HISTOGRAM, SEARCH)
            .format(IntegerFormat.unsigned(4))
            .bits(4)
            .compare(Clipping.numbers(Aciq.Distribution.GAUSS));
    double ratio =
        normal.row(HISTOGRAM, 4).meanSquaredError() / normal.row(SEARCH, 4).meanSquaredError();
    return Claim.tested(
        "4 bits, normal numbers: the histogram observer clips too little",
        "2.2 times the least error (PyTorch 2.13)",
        "%.1f times the least error".formatted(ratio),
        "1.8 to 2.6 times",
        ratio >= 1.8 && ratio <= 2.6,
        ratio);
  }

  private Claim search() {
    String words = "4 bits: the least squared error is a good guide to accuracy";
    String within = "at most 1 point behind the best";
    if (!measured.has(SEARCH, 4)) {
      return Claim.notReached(words, OURS, within);
    }
    Observer best = measured.best(4);
    double gain = measured.gain(SEARCH, 4) - measured.gain(best, 4);
    return Claim.tested(
        words,
        OURS,
        "%s against %s".formatted(Claim.points(gain), best),
        within,
        gain >= -0.01,
        gain);
  }

  private Claim spread() {
    String words = "the range as seen costs little at 8 bits, much at 2";
    String within = "at 2 bits 5 points behind the best or more";
    if (!measured.has(MIN_MAX, 8) || !measured.has(MIN_MAX, 2)) {
      return Claim.notReached(words, OURS, within);
    }
    double wide = measured.gain(MIN_MAX, 8) - measured.gain(measured.best(8), 8);
    double narrow = measured.gain(MIN_MAX, 2) - measured.gain(measured.best(2), 2);
    return Claim.tested(
        words,
        OURS,
        "%s at 8 bits, %s at 2, against %s"
            .formatted(Claim.points(wide), Claim.points(narrow), measured.best(2)),
        within,
        narrow <= -0.05,
        narrow);
  }
}
