package kerf.quantization;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import kerf.argument.Argument;

/**
 * Weights of few values, each output channel with values of its own: binary and ternary weights
 * with their scales, and what is left of them when batch normalization is folded.
 *
 * @param channels the values of each output channel
 * @param bits of an index, 1 to 8
 */
public record ChannelPalette(List<Palette> channels, int bits) implements WeightForm {
  private static final int WIDEST = 8;

  /**
   * Copies the channels and checks that all have the same width.
   *
   * @param channels the values of each output channel
   * @param bits of an index, 1 to 8
   */
  public ChannelPalette {
    Argument.require("channels", channels);
    channels = List.copyOf(channels);
    if (bits < 1 || bits > WIDEST) {
      throw new IllegalArgumentException("palettes of channels need 1 to 8 bits, found " + bits);
    }
    for (Palette channel : channels) {
      if (channel.bits() != bits) {
        throw new IllegalArgumentException(
            "palettes of channels have one width, found %d and %d bits"
                .formatted(bits, channel.bits()));
      }
    }
  }

  /**
   * Lists the values that there are.
   *
   * @param weights weights of few values, row-major, output channels first
   * @param channels their number
   * @param bits of an index, 1 to 8
   * @return the form that holds them
   * @throws IllegalArgumentException if a channel has more values than indices
   */
  public static ChannelPalette of(float[] weights, int channels, int bits) {
    Argument.require("weights", weights);
    List<Palette> palettes = new ArrayList<>();
    int each = weights.length / channels;
    for (int channel = 0; channel < channels; channel++) {
      palettes.add(new Palette(distinct(weights, channel * each, each), bits));
    }
    return new ChannelPalette(palettes, bits);
  }

  private static float[] distinct(float[] weights, int from, int count) {
    float[] sorted = new float[count];
    for (int i = 0; i < count; i++) {
      // Both zeros are one value.
      sorted[i] = weights[from + i] + 0f;
    }
    Arrays.sort(sorted);
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (i == 0 || sorted[i] != sorted[kept - 1]) {
        sorted[kept++] = sorted[i];
      }
    }
    return Arrays.copyOf(sorted, kept);
  }

  /**
   * Finds the nearest value of each weight.
   *
   * @param weights any numbers, row-major, output channels first
   * @return indices into the values of the weight's channel
   */
  public int[] indices(float[] weights) {
    Argument.require("weights", weights);
    int each = each(weights.length);
    int[] indices = new int[weights.length];
    for (int i = 0; i < channels.size(); i++) {
      int[] own = channels.get(i).indices(Arrays.copyOfRange(weights, i * each, (i + 1) * each));
      System.arraycopy(own, 0, indices, i * each, each);
    }
    return indices;
  }

  private int each(int weights) {
    if (weights % channels.size() != 0) {
      throw new IllegalArgumentException(
          "palettes of %d channels need as many weights in each, found %,d weights"
              .formatted(channels.size(), weights));
    }
    return weights / channels.size();
  }

  @Override
  public float[] rounded(float[] weights, long... shape) {
    int each = each(weights.length);
    int[] indices = indices(weights);
    float[] rounded = new float[weights.length];
    for (int channel = 0; channel < channels.size(); channel++) {
      float[] colors = channels.get(channel).colors();
      for (int i = channel * each; i < (channel + 1) * each; i++) {
        rounded[i] = colors[indices[i]];
      }
    }
    return rounded;
  }

  /** A scale a channel where its values are a magnitude with both signs and 0, else all values. */
  @Override
  public long extraBytes() {
    return channels.stream().mapToLong(channel -> 4L * numbers(channel.colors())).sum();
  }

  private static int numbers(float... colors) {
    return (int)
        Arrays.stream(boxed(colors)).map(Math::abs).filter(size -> size > 0).distinct().count();
  }

  private static Float[] boxed(float... numbers) {
    Float[] boxed = new Float[numbers.length];
    Arrays.setAll(boxed, i -> numbers[i]);
    return boxed;
  }

  @Override
  public String toString() {
    return "%d bit%s, values a channel".formatted(bits, bits == 1 ? "" : "s");
  }
}
