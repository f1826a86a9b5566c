package kerf.training;

import java.util.List;

/**
 * The course of the learning rate: a factor on the optimizer's own rate, by iteration.
 *
 * <p>The factor depends on the iteration alone, so that a training that starts at iteration k
 * (rewinding) is where the original was.
 */
public sealed interface LearningRate {

  /**
   * Gives the factor.
   *
   * @param iteration how many optimizer steps were taken before this one, from 0
   * @param total how many there will be in all
   * @param perEpoch how many one pass over the training images takes
   * @return the factor, 0 or more
   */
  double factor(long iteration, long total, long perEpoch);

  /** The optimizer's rate throughout. */
  record Constant() implements LearningRate {
    @Override
    public double factor(long iteration, long total, long perEpoch) {
      return 1;
    }

    @Override
    public String toString() {
      return "constant";
    }
  }

  /**
   * Multiplied at given steps, as {@code torch.optim.lr_scheduler.MultiStepLR}.
   *
   * @param gamma the multiplier, above 0
   * @param at the steps from which one more multiplication counts
   */
  record Drop(double gamma, List<Step> at) implements LearningRate {
    /**
     * Copies the list.
     *
     * @param gamma the multiplier, above 0
     * @param at the steps from which one more multiplication counts
     */
    public Drop {
      at = List.copyOf(at);
    }

    @Override
    public double factor(long iteration, long total, long perEpoch) {
      long drops = at.stream().filter(step -> iteration >= step.iterations(perEpoch)).count();
      return Math.pow(gamma, drops);
    }
  }

  /**
   * Multiplied after every pass over the data, as {@code StepLR} with a step of one epoch.
   *
   * @param gamma the multiplier, above 0
   */
  record Exponential(double gamma) implements LearningRate {
    @Override
    public double factor(long iteration, long total, long perEpoch) {
      return Math.pow(gamma, Math.floorDiv(iteration, perEpoch));
    }
  }

  /** Half a cosine from the optimizer's rate to 0: Loshchilov and Hutter 2017, equation 5. */
  record Cosine() implements LearningRate {
    @Override
    public double factor(long iteration, long total, long perEpoch) {
      return (1 + Math.cos(Math.PI * iteration / Math.max(1, total))) / 2;
    }

    @Override
    public String toString() {
      return "cosine";
    }
  }

  /**
   * Rises from 0 to the other course's rate over the first steps, then follows it.
   *
   * @param length how long it rises
   * @param then the course that follows
   */
  record Warmup(Step length, LearningRate then) implements LearningRate {
    @Override
    public double factor(long iteration, long total, long perEpoch) {
      double rise = Math.max(1, length.iterations(perEpoch));
      return Math.min(1, (iteration + 1) / rise) * then.factor(iteration, total, perEpoch);
    }
  }
}
