package kerf.qat;

/** Where the ranges of weights come from while they are trained. */
public sealed interface WeightRange {
  /**
   * Gives the weight of a new step in a running average.
   *
   * @return in (0, 1]
   */
  double constant();

  /** Least and greatest weight of the moment, as in Jacob et al. 2018, section 3.1. */
  record Current() implements WeightRange {
    @Override
    public double constant() {
      return 1;
    }
  }

  /**
   * A running average of least and greatest weights, as in PyTorch's {@code prepare_qat}.
   *
   * @param range the name of the state that holds it, of shape {@code (2, rows)}
   * @param constant the weight of a new step
   */
  record Moving(String range, double constant) implements WeightRange {}

  /**
   * Trained scales: Esser et al. 2020.
   *
   * @param step the name of the trained parameter, of shape {@code (rows)}
   */
  record Learned(String step) implements WeightRange {
    @Override
    public double constant() {
      return 1;
    }
  }
}
