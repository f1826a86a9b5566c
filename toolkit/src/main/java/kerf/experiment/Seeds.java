package kerf.experiment;

import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** The repetitions of an experiment, a seed each. */
public final class Seeds {
  private Seeds() {}

  /**
   * Checks that there are any.
   *
   * @param seeds one a repetition
   * @return a copy
   * @throws IllegalArgumentException if there are none, or one stands twice
   */
  public static List<Long> require(List<Long> seeds) {
    if (seeds.isEmpty()) {
      throw new IllegalArgumentException(
          "seeds must name at least one repetition, found none; write seeds(1, 2, 3)");
    }
    if (Set.copyOf(seeds).size() < seeds.size()) {
      throw new IllegalArgumentException(
          "seeds must differ, a repetition each, found %s; write each once".formatted(seeds));
    }
    return List.copyOf(seeds);
  }

  /**
   * Averages over the repetitions.
   *
   * @param seeds one a repetition, 1 or more
   * @param what a number of each
   * @return the mean
   */
  public static double mean(List<Long> seeds, ToDoubleFunction<Long> what) {
    return seeds.stream().mapToDouble(what).average().orElseThrow();
  }

  /**
   * Words the repetitions for a caption, behind "mean of".
   *
   * @param seeds one a repetition
   * @return how many, and what whiskers mean if they are several
   */
  public static String caption(List<Long> seeds) {
    return seeds.size() == 1 ? "1 seed" : seeds.size() + " seeds, whiskers least to greatest";
  }
}
