package kerf.table;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.text.FieldPosition;
import java.text.NumberFormat;
import java.text.ParsePosition;
import java.util.Locale;

/**
 * How the numbers of one column are printed. A {@link NumberFormat}, so that Tablesaw's own print
 * follows it; unlike the JDK's formats it has no state and ignores the user's locale.
 */
final class CellFormat extends NumberFormat {
  private static final long serialVersionUID = 1L;
  private static final int SIGNIFICANT = 5;
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

  /** The ways to print a number. */
  enum Style {
    /** At most five significant digits. */
    PLAIN,
    /** A fraction as a percentage. */
    PERCENT,
    /** A fixed count of digits after the decimal point. */
    DECIMALS,
    /** A whole number with commas between thousands. */
    GROUPED,
    /** Bytes in the nearest unit of 1024. */
    BYTES
  }

  private final Style style;
  private final int digits;

  /**
   * A format.
   *
   * @param style the way to print
   * @param digits digits after the decimal point, where the style has a fixed count
   */
  CellFormat(Style style, int digits) {
    if (digits < 0 || digits > 9) {
      throw new IllegalArgumentException(
          "digits after the decimal point must be in 0..9, found " + digits);
    }
    this.style = style;
    this.digits = digits;
  }

  private String print(double value) {
    if (Double.isNaN(value)) {
      return "";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "∞" : "-∞";
    }
    return switch (style) {
      case PLAIN -> plain(value);
      case PERCENT -> fixed(BigDecimal.valueOf(value).movePointRight(2), digits) + " %";
      case DECIMALS -> fixed(BigDecimal.valueOf(value), digits);
      case GROUPED -> String.format(Locale.ROOT, "%,d", (long) Math.rint(value));
      case BYTES -> bytes(value);
    };
  }

  /** At most five significant digits, no trailing zeros, an exponent only far from one. */
  private static String plain(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return Long.toString((long) value);
    }
    BigDecimal rounded =
        new BigDecimal(value, new MathContext(SIGNIFICANT, RoundingMode.HALF_EVEN));
    double size = Math.abs(value);
    BigDecimal shown = rounded.stripTrailingZeros();
    return size < 1e-4 || size >= 1e15
        ? shown.round(new MathContext(SIGNIFICANT)).toString().replace("E+", "E")
        : shown.toPlainString();
  }

  private static String fixed(BigDecimal value, int digits) {
    BigDecimal rounded = value.setScale(digits, RoundingMode.HALF_EVEN);
    return rounded.toPlainString();
  }

  private static String bytes(double value) {
    int unit = 0;
    double scaled = value;
    while (Math.abs(scaled) >= 1024 && unit < UNITS.length - 1) {
      scaled /= 1024;
      unit++;
    }
    return (unit == 0 ? plain(scaled) : fixed(BigDecimal.valueOf(scaled), 2)) + " " + UNITS[unit];
  }

  @Override
  public StringBuffer format(double number, StringBuffer out, FieldPosition position) {
    return out.append(print(number));
  }

  @Override
  public StringBuffer format(long number, StringBuffer out, FieldPosition position) {
    return out.append(style == Style.PLAIN ? Long.toString(number) : print(number));
  }

  @Override
  public Number parse(String source, ParsePosition position) {
    throw new UnsupportedOperationException("a printed number has lost digits; read the column");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CellFormat that && style == that.style && digits == that.digits;
  }

  @Override
  public int hashCode() {
    return 31 * style.hashCode() + digits;
  }
}
