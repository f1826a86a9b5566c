package kerf.coding;

/** Coded bytes that nobody wrote. The container adds the file and the place. */
final class DamageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String expected;
  private final String found;

  DamageException(String expected, String found) {
    super("expected %s, found %s".formatted(expected, found));
    this.expected = expected;
    this.found = found;
  }

  String expected() {
    return expected;
  }

  String found() {
    return found;
  }
}
