package kerf.kernel;

/** Jupyter counts characters in code points, Java in UTF-16 units. */
final class CodePoints {
  private CodePoints() {}

  /** The UTF-16 offset of a cursor; one beyond the end is taken as the end. */
  static int toUtf16(String text, int codePoints) {
    int bounded = Math.max(0, Math.min(codePoints, text.codePointCount(0, text.length())));
    return text.offsetByCodePoints(0, bounded);
  }

  static int fromUtf16(String text, int offset) {
    return text.codePointCount(0, Math.max(0, Math.min(offset, text.length())));
  }
}
