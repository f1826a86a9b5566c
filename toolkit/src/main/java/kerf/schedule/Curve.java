package kerf.schedule;

import kerf.training.Optimizer;

/** The way from one sparsity to another. */
public sealed interface Curve {
  /**
   * The sparsity part of the way.
   *
   * @param progress how much of the way is behind, in (0, 1)
   * @param initial the sparsity at its begin
   * @param target the sparsity at its end
   * @return a fraction between the two
   */
  double sparsity(double progress, double initial, double target);

  /**
   * {@code target + (initial - target) (1 - progress)^power}: Zhu and Gupta 2017, equation 1.
   *
   * @param power above 0; 3 in the paper
   */
  record Polynomial(double power) implements Curve {
    /**
     * Checks the power.
     *
     * @param power above 0
     */
    public Polynomial {
      Optimizer.require("power", power, Double.MIN_VALUE, Double.POSITIVE_INFINITY);
    }

    @Override
    public double sparsity(double progress, double initial, double target) {
      return target + (initial - target) * Math.pow(1 - progress, power);
    }

    @Override
    public String toString() {
      return power == 3 ? "polynomial" : "polynomial^" + power;
    }
  }

  /** The density goes from one to the other by a constant factor an iteration. */
  record Exponential() implements Curve {
    @Override
    public double sparsity(double progress, double initial, double target) {
      return 1 - (1 - initial) * Math.pow((1 - target) / (1 - initial), progress);
    }

    @Override
    public String toString() {
      return "exponential";
    }
  }

  /** {@code target + (initial - target) (1 + cos(pi progress)) / 2}. */
  record Cosine() implements Curve {
    @Override
    public double sparsity(double progress, double initial, double target) {
      return target + (initial - target) * (1 + Math.cos(Math.PI * progress)) / 2;
    }

    @Override
    public String toString() {
      return "cosine";
    }
  }
}
