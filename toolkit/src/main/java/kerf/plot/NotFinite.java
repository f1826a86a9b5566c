package kerf.plot;

/** Values that cannot be drawn: NaN and infinity. */
final class NotFinite {
  private NotFinite() {}

  /** A title or a name, and behind it how many values are not drawn, if there are any. */
  static String said(String words, long values) {
    if (values == 0) {
      return words;
    }
    String said =
        values == 1 ? "1 value is not finite" : "%,d values are not finite".formatted(values);
    return words.isEmpty() ? said : "%s (%s)".formatted(words, said);
  }
}
