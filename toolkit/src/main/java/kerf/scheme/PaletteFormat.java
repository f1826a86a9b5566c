package kerf.scheme;

/**
 * Weights that share few values: each is stored as an index into a list. S. Han et al., "Deep
 * Compression", ICLR 2016, section 3.
 *
 * @param bits of an index, 1 to 8; 2<sup>bits</sup> values are shared
 */
public record PaletteFormat(int bits) implements NumberFormat {
  /**
   * Checks the bits.
   *
   * @param bits of an index, 1 to 8
   */
  public PaletteFormat {
    if (bits < 1 || bits > 8) {
      throw new IllegalArgumentException("a palette needs 1 to 8 bits, found " + bits);
    }
  }

  @Override
  public String toString() {
    return "palette(%d)".formatted(bits);
  }
}
