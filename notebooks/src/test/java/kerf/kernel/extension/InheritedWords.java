package kerf.kernel.extension;

class InheritedWords {
  InheritedWords() {}

  public static int triple(int number) {
    return 3 * number;
  }
}
