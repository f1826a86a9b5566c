package kerf.model;

/** Says that a computation ran into numbers that are not finite, and what to do about it. */
public final class DivergedException extends ArithmeticException {
  private static final long serialVersionUID = 1;

  /**
   * Makes the exception.
   *
   * @param message what is not finite, where, and the cure
   */
  public DivergedException(String message) {
    super(message);
  }
}
