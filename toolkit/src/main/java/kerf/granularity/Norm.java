package kerf.granularity;

/**
 * A vector norm, by its order n: {@code (sum |s|^n)^(1/n)}; infinity takes the largest {@code |s|},
 * minus infinity the smallest, as {@code torch.linalg.vector_norm} does.
 *
 * @param order the order: positive, or minus infinity
 */
public record Norm(double order) {
  /** The sum of magnitudes. */
  public static final Norm L1 = new Norm(1);

  /** The Euclidean length. */
  public static final Norm L2 = new Norm(2);

  /**
   * Checks the order.
   *
   * @param order positive, or minus infinity
   */
  public Norm {
    if (!(order > 0 || order == Double.NEGATIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "order of a norm must be positive or minus infinity, found " + order);
    }
  }

  /**
   * The norm of ones, by which groups of different sizes are made comparable.
   *
   * @param n how many ones, at least 1
   * @return {@code n^(1/order)}; 1 for the infinite orders
   */
  public double ofOnes(int n) {
    return Double.isInfinite(order) ? 1 : Math.pow(n, 1 / order);
  }

  /**
   * The value before anything was added.
   *
   * @return the neutral element of {@link #add}
   */
  double start() {
    return order == Double.NEGATIVE_INFINITY ? Double.POSITIVE_INFINITY : 0;
  }

  /**
   * Takes one more magnitude in.
   *
   * @param sum what was added so far
   * @param magnitude the next one
   * @return the sum, or the extreme, with it
   */
  double add(double sum, double magnitude) {
    if (Double.isInfinite(order)) {
      return order > 0 ? Math.max(sum, magnitude) : Math.min(sum, magnitude);
    }
    return sum
        + (order == 1
            ? magnitude
            : order == 2 ? magnitude * magnitude : Math.pow(magnitude, order));
  }

  /**
   * The norm, once everything was added.
   *
   * @param sum the sum or the extreme
   * @return the norm
   */
  double root(double sum) {
    if (Double.isInfinite(order) || order == 1) {
      return sum;
    }
    return order == 2 ? Math.sqrt(sum) : Math.pow(sum, 1 / order);
  }
}
