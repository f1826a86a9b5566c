package kerf.scheme;

/** How numbers are stored: as integers on a grid, or as short floats. */
public sealed interface NumberFormat permits IntegerFormat, FloatFormat {
  /**
   * The size of a number.
   *
   * @return bits
   */
  int bits();
}
