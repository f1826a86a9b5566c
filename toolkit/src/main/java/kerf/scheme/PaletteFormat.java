package kerf.scheme;

import kerf.argument.Argument;
import kerf.sharing.Start;

/**
 * Weights that share few values: each is stored as an index into a list. S. Han et al., "Deep
 * Compression", ICLR 2016, section 3.
 *
 * @param bits of an index, 1 to 8; 2<sup>bits</sup> values other than 0 are shared
 * @param start where the shared values start
 */
public record PaletteFormat(int bits, Start start) implements NumberFormat {
  /**
   * Checks the bits.
   *
   * @param bits of an index, 1 to 8
   * @param start where the shared values start
   */
  public PaletteFormat {
    Argument.require("start", start);
    if (bits < 1 || bits > 8) {
      throw new IllegalArgumentException("a palette needs 1 to 8 bits, found " + bits);
    }
  }

  /**
   * Shared values that start evenly spaced.
   *
   * @param bits of an index, 1 to 8
   */
  public PaletteFormat(int bits) {
    this(bits, new Start.Linear());
  }

  /**
   * This format with another start: the paper compares three.
   *
   * @param other such as {@code density()}
   * @return such a format
   */
  public PaletteFormat start(Start other) {
    return new PaletteFormat(bits, other);
  }

  @Override
  public String toString() {
    return start instanceof Start.Linear
        ? "palette(%d)".formatted(bits)
        : "palette(%d, %s)".formatted(bits, start);
  }
}
