package kerf.quantization;

import java.util.Arrays;
import java.util.Optional;
import kerf.scheme.FloatFormat;
import kerf.scheme.IntegerFormat;
import kerf.scheme.Mapping;
import kerf.scheme.Spread;
import kerf.storage.Npy;

/**
 * Number formats as eight whole numbers, for a file: kind (0 integers, 1 fp16, 2 bf16, 3 palette, 4
 * a palette for each channel), bits, least and greatest integer, mapping (0 affine, 1 symmetric),
 * the integer of 0, spread (0 tensor, 1 channel, 2 group) and its axis or size.
 */
final class FormatCode {
  private static final int LENGTH = 8;
  private static final int INTEGERS = 0;
  private static final int FP16 = 1;
  private static final int BF16 = 2;
  private static final int PALETTE = 3;
  private static final int CHANNEL_PALETTE = 4;

  private FormatCode() {}

  static Npy longs(long... values) {
    return Npy.of(new long[] {values.length}, values);
  }

  static Npy of(IntegerFormat format) {
    long kind = 0;
    long argument = 0;
    if (format.spread() instanceof Spread.PerChannel channels) {
      kind = 1;
      argument = channels.axis();
    } else if (format.spread() instanceof Spread.PerGroup groups) {
      kind = 2;
      argument = groups.size();
    }
    return longs(
        INTEGERS,
        format.bits(),
        format.min(),
        format.max(),
        format.mapping().ordinal(),
        format.zero(),
        kind,
        argument);
  }

  static Npy of(FloatFormat format) {
    return longs(format == FloatFormat.FP16 ? FP16 : BF16, format.bits(), 0, 0, 0, 0, 0, 0);
  }

  static Npy ofPalette(int bits) {
    return longs(PALETTE, bits, 0, 0, 0, 0, 0, 0);
  }

  static Npy ofChannelPalette(int bits) {
    return longs(CHANNEL_PALETTE, bits, 0, 0, 0, 0, 0, 0);
  }

  static boolean isChannelPalette(long... code) {
    return check(code)[0] == CHANNEL_PALETTE;
  }

  static int channelPaletteBits(long... code) {
    int bits = integer(check(code)[1]);
    requireSame(ofChannelPalette(bits), code);
    return bits;
  }

  static boolean isPalette(long... code) {
    return check(code)[0] == PALETTE;
  }

  static int paletteBits(long... code) {
    int bits = integer(check(code)[1]);
    requireSame(ofPalette(bits), code);
    return bits;
  }

  static Optional<FloatFormat> shortFloat(long... code) {
    long kind = check(code)[0];
    if (kind != FP16 && kind != BF16) {
      return Optional.empty();
    }
    FloatFormat format = kind == FP16 ? FloatFormat.FP16 : FloatFormat.BF16;
    requireSame(of(format), code);
    return Optional.of(format);
  }

  static IntegerFormat integers(long... code) {
    check(code);
    if (code[0] != INTEGERS || code[4] < 0 || code[4] >= Mapping.values().length) {
      throw new IllegalArgumentException("no integer format of kind %d".formatted(code[0]));
    }
    IntegerFormat format =
        new IntegerFormat(
            integer(code[1]),
            integer(code[2]),
            integer(code[3]),
            Mapping.values()[(int) code[4]],
            integer(code[5]),
            spread(code[6], integer(code[7])));
    requireSame(of(format), code);
    return format;
  }

  /** Numbers that a format has no use for are those that are written for it. */
  private static void requireSame(Npy written, long... code) {
    if (!Arrays.equals(written.longs(), code)) {
      throw new IllegalArgumentException(
          "a format is written as %s, found %s"
              .formatted(Arrays.toString(written.longs()), Arrays.toString(code)));
    }
  }

  private static Spread spread(long kind, int argument) {
    if (kind == 1) {
      return new Spread.PerChannel(argument);
    }
    if (kind == 2) {
      return new Spread.PerGroup(argument);
    }
    if (kind == 0) {
      return new Spread.PerTensor();
    }
    throw new IllegalArgumentException("no spread of kind " + kind);
  }

  private static long[] check(long... code) {
    if (code.length != LENGTH) {
      throw new IllegalArgumentException(
          "a format needs %d numbers, found %d".formatted(LENGTH, code.length));
    }
    return code;
  }

  static int integer(long value) {
    if (value != (int) value) {
      throw new IllegalArgumentException(
          "formats and zero points need numbers of 32 bits, found " + value);
    }
    return (int) value;
  }
}
