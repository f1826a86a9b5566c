package kerf.scheme;

/** How numbers are stored: as integers on a grid, as short floats, or as a choice of few. */
public sealed interface NumberFormat
    permits IntegerFormat, FloatFormat, PaletteFormat, LowBitFormat {
  /**
   * The size of a number.
   *
   * @return bits
   */
  int bits();
}
