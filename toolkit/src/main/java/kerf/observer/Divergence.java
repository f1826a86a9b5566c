package kerf.observer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import kerf.argument.Argument;
import kerf.scheme.IntegerFormat;

/**
 * The threshold at which the quantized distribution of magnitudes diverges least from the real one,
 * clipped. S. Migacz, "8-bit Inference with TensorRT", GTC 2017: every number of bins from {@code
 * levels} on is a candidate.
 *
 * @param levels into how many levels the bins below a threshold are merged; 128 for 8 bits
 * @param zeros what is made of the bin that holds 0
 */
public record Divergence(int levels, Zeros zeros) implements Choice {
  /** The first threshold that is tried, as a part of the histogram. */
  private static final int FIRST = 16;

  /** What is made of the bin that holds 0. */
  public enum Zeros {
    /** Counted like any other, as published. */
    COUNTED,
    /**
     * Counted as often as the bin beside it. Else the zeros behind a ReLU outweigh everything, and
     * the least divergence is far too low; NVIDIA's pytorch-quantization does so too ({@code
     * calib/histogram.py}).
     */
    AS_NEIGHBORS
  }

  /**
   * Checks the levels.
   *
   * @param levels 2 or more
   * @param zeros what is made of the bin that holds 0
   */
  public Divergence {
    Argument.require("zeros", zeros);
    if (levels < 2) {
      throw new IllegalArgumentException("kl needs 2 or more levels, found " + levels);
    }
  }

  /**
   * The search as published.
   *
   * @param levels 2 or more
   */
  public Divergence(int levels) {
    this(levels, Zeros.COUNTED);
  }

  /**
   * A threshold that was tried.
   *
   * @param bins how many bins lie below it
   * @param divergence KL(P||Q) in nats
   */
  public record Candidate(int bins, double divergence) {}

  /**
   * Tries every threshold. P: the bins below it, all numbers beyond added to the last; Q: the bins
   * below it alone, merged into levels, each level's numbers shared evenly by its bins that hold
   * any. The first threshold is at a sixteenth of the histogram, or where there is a bin for each
   * level: of 2048 bins and 128 levels, both at 128.
   *
   * @param counts the histogram of magnitudes from 0 on
   * @return the candidates of finite divergence, by threshold
   */
  public List<Candidate> candidates(long... counts) {
    List<Candidate> candidates = new ArrayList<>();
    long total = Arrays.stream(counts).sum();
    long inside = 0;
    int first = Math.max(levels, counts.length / FIRST);
    for (int i = 0; i < first - 1 && i < counts.length; i++) {
      inside += counts[i];
    }
    for (int bins = first; bins <= counts.length; bins++) {
      inside += counts[bins - 1];
      double divergence = divergence(counts, bins, inside, total);
      if (Double.isFinite(divergence)) {
        candidates.add(new Candidate(bins, divergence));
      }
    }
    return candidates;
  }

  private double divergence(long[] counts, int bins, long inside, long total) {
    long outside = total - inside;
    if (inside == 0 || outside > 0 && counts[bins - 1] == 0) {
      return Double.POSITIVE_INFINITY;
    }
    double sum = 0;
    int bin = 0;
    for (int level = 0; level < levels; level++) {
      // Bins b with floor(b * levels / bins) == level.
      int end = (int) (((level + 1L) * bins + levels - 1) / levels);
      long merged = 0;
      int filled = 0;
      for (int b = bin; b < end; b++) {
        merged += counts[b];
        filled += counts[b] > 0 ? 1 : 0;
      }
      double q = filled == 0 ? 0 : merged / (double) filled / inside;
      for (; bin < end; bin++) {
        double p = (counts[bin] + (bin == bins - 1 ? outside : 0)) / (double) total;
        if (p > 0) {
          sum += p * Math.log(p / q);
        }
      }
    }
    return sum;
  }

  /**
   * Chooses among thresholds.
   *
   * @param bins the histogram of magnitudes
   * @return {@code (m + 0.5) * width}, m the bins below the threshold of least divergence; the end
   *     of the histogram if every divergence is infinite
   */
  public float threshold(Bins bins) {
    int best = best(counts(bins));
    return best == 0 ? bins.high() : (best + 0.5f) * bins.width();
  }

  /** How many bins lie below the threshold of least divergence; 0 if every one is infinite. */
  private int best(long... counts) {
    Candidate best = new Candidate(0, Double.POSITIVE_INFINITY);
    for (Candidate candidate : candidates(counts)) {
      if (candidate.divergence() < best.divergence()) {
        best = candidate;
      }
    }
    return best.bins();
  }

  /**
   * This search for a grid. The method was made for 8 bits with sign, 128 levels of magnitude: a
   * bit fewer is half as many, and a grid without sign has twice as many for numbers on one side of
   * 0.
   *
   * @param seen the numbers
   * @param format the grid
   * @return a search with so many levels, at least 2
   */
  public Divergence fitting(Seen seen, IntegerFormat format) {
    int shift = 8 - format.bits() - (format.min() >= 0 && seen.oneSided() ? 1 : 0);
    return new Divergence(Math.max(2, shift > 0 ? levels >> shift : levels << -shift), zeros);
  }

  /**
   * Counts for the search.
   *
   * @param bins the histogram of magnitudes
   * @return its counts, the first as {@link #zeros} says
   */
  public long[] counts(Bins bins) {
    long[] counts = bins.counts();
    if (zeros == Zeros.AS_NEIGHBORS) {
      counts[0] = counts[1];
    }
    return counts;
  }

  @Override
  public Range range(Seen seen, IntegerFormat format) {
    Bins bins = seen.magnitudes();
    int best = fitting(seen, format).best(counts(bins));
    float threshold = best == 0 ? bins.high() : (best + 0.5f) * bins.width();
    return seen.within(threshold);
  }

  @Override
  public String toString() {
    return zeros == Zeros.COUNTED ? "kl(COUNTED)" : "kl()";
  }
}
