package kerf.kernel.extension;

/** Words that a cell imports: one of its own, one inherited from a class that is not public. */
public final class Words extends InheritedWords {
  private Words() {}

  public static int twice(int number) {
    return 2 * number;
  }
}
