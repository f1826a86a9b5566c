package kerf.coding;

import java.util.ArrayList;
import java.util.List;
import kerf.quantization.ChannelPalette;
import kerf.quantization.Palette;

/**
 * Indices into the values of output channels, and those values. Where a 0 is among them, and there
 * is room, its index is 0 in all channels, as everywhere in a file.
 */
final class ChannelCodes {
  private static final int LISTED = 0;
  private static final int SIGNS = 1;
  private static final int SIGNS_AND_ZERO = 2;

  private ChannelCodes() {}

  /** Turns indices into the values of channels, in ascending order, into codes. */
  static int[] of(ChannelPalette palette, int... indices) {
    int[][] codes = codes(palette);
    int each = indices.length / codes.length;
    int[] coded = new int[indices.length];
    for (int i = 0; i < coded.length; i++) {
      coded[i] = codes[i / each][indices[i]];
    }
    return coded;
  }

  /** The values that codes stand for. */
  static float[] values(ChannelPalette palette, int... codes) {
    int[][] known = codes(palette);
    int each = codes.length / known.length;
    float[] values = new float[codes.length];
    for (int channel = 0; channel < known.length; channel++) {
      float[] colors = palette.channels().get(channel).colors();
      float[] byCode = new float[1 << palette.bits()];
      boolean[] used = new boolean[byCode.length];
      for (int i = 0; i < colors.length; i++) {
        byCode[known[channel][i]] = colors[i];
        used[known[channel][i]] = true;
      }
      for (int i = channel * each; i < (channel + 1) * each; i++) {
        if (!used[codes[i]]) {
          throw new DamageException(
              "one of the %d values of channel %d".formatted(colors.length, channel),
              "value " + codes[i]);
        }
        values[i] = byCode[codes[i]];
      }
    }
    return values;
  }

  /** The code of each value, by channel. */
  private static int[][] codes(ChannelPalette palette) {
    boolean zero = false;
    int most = 0;
    for (Palette channel : palette.channels()) {
      int others = 0;
      for (float color : channel.colors()) {
        zero |= color == 0;
        others += color == 0 ? 0 : 1;
      }
      most = Math.max(most, others);
    }
    boolean reserved = zero && most < 1 << palette.bits();
    int[][] codes = new int[palette.channels().size()][];
    for (int i = 0; i < codes.length; i++) {
      float[] colors = palette.channels().get(i).colors();
      codes[i] = new int[colors.length];
      int next = reserved ? 1 : 0;
      for (int j = 0; j < colors.length; j++) {
        codes[i][j] = reserved && colors[j] == 0 ? 0 : next++;
      }
    }
    return codes;
  }

  /**
   * The kinds of all channels, filled up to a whole byte since what follows begins with one; then a
   * magnitude where there is one alone, else all values.
   */
  static void write(ChannelPalette palette, CodedWriter out) {
    for (Palette channel : palette.channels()) {
      out.put(Share.HEADER, kind(channel.colors()), 2);
    }
    out.put(Share.PADDING, 0, filling(palette.channels().size()));
    for (Palette channel : palette.channels()) {
      float[] colors = channel.colors();
      if (kind(colors) == LISTED) {
        out.put(Share.HEADER, colors.length - 1L, Byte.SIZE);
        for (float color : colors) {
          out.put(Share.CODEBOOK, Float.floatToRawIntBits(color) & 0xffffffffL, 32);
        }
      } else {
        float largest = colors[colors.length - 1];
        out.put(Share.CODEBOOK, Float.floatToRawIntBits(largest) & 0xffffffffL, 32);
      }
    }
  }

  private static int filling(int channels) {
    return (Byte.SIZE - 2 * channels % Byte.SIZE) % Byte.SIZE;
  }

  private static int kind(float... colors) {
    boolean opposite = colors.length > 1 && colors[0] == -colors[colors.length - 1];
    if (opposite && colors.length == 2) {
      return SIGNS;
    }
    boolean zero = colors.length == 3 && Float.floatToRawIntBits(colors[1]) == 0;
    return opposite && zero ? SIGNS_AND_ZERO : LISTED;
  }

  static ChannelPalette read(BitReader in, int channels, int bits) {
    in.require(2L * channels);
    int[] kinds = new int[channels];
    for (int i = 0; i < channels; i++) {
      kinds[i] = (int) in.get(2);
      if (kinds[i] > SIGNS_AND_ZERO) {
        throw new DamageException("a kind of 0 to 2", "" + kinds[i]);
      }
    }
    if (in.get(filling(channels)) != 0) {
      throw new DamageException("zeros behind the kinds of channels", "others");
    }
    List<Palette> palettes = new ArrayList<>();
    for (int kind : kinds) {
      if (kind == LISTED) {
        float[] colors = new float[1 + (int) in.get(Byte.SIZE)];
        for (int j = 0; j < colors.length; j++) {
          colors[j] = Float.intBitsToFloat((int) in.get(32));
        }
        palettes.add(new Palette(colors, bits));
      } else {
        float largest = Float.intBitsToFloat((int) in.get(32));
        palettes.add(
            kind == SIGNS
                ? new Palette(new float[] {-largest, largest}, bits)
                : new Palette(new float[] {-largest, 0, largest}, bits));
      }
    }
    return new ChannelPalette(palettes, bits);
  }
}
