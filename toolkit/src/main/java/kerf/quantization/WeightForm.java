package kerf.quantization;

import kerf.argument.Argument;
import kerf.scheme.FloatFormat;
import kerf.scheme.Quantizer;

/** The form in which a layer's weights are kept: on a grid, as short floats, or as a palette. */
public sealed interface WeightForm
    permits WeightForm.Grid, WeightForm.ShortFloat, Palette, ChannelPalette {
  /**
   * Rounds weights to what this form can hold.
   *
   * @param weights the weights, row-major
   * @param shape their shape
   * @return the nearest numbers of this form
   */
  float[] rounded(float[] weights, long... shape);

  /**
   * Gives the size of one weight.
   *
   * @return bits, without scales and palettes
   */
  int bits();

  /**
   * Counts the bytes of scales, zero points and palettes beside the weights.
   *
   * @return 4 for each scale, 1 for each zero point of an affine format, 4 for each color
   */
  long extraBytes();

  /**
   * Integers with scales.
   *
   * @param quantizer format, scales and zero points
   */
  record Grid(Quantizer quantizer) implements WeightForm {
    /**
     * Refuses null.
     *
     * @param quantizer format, scales and zero points
     */
    public Grid {
      Argument.require("quantizer", quantizer);
    }

    @Override
    public float[] rounded(float[] weights, long... shape) {
      return quantizer.quantize(weights, shape).dequantized();
    }

    @Override
    public int bits() {
      return quantizer.format().bits();
    }

    @Override
    public long extraBytes() {
      boolean affine = quantizer.params().stream().anyMatch(params -> params.zeroPoint() != 0);
      return quantizer.params().size() * (affine ? 5L : 4L);
    }

    @Override
    public String toString() {
      return quantizer.format().toString();
    }
  }

  /**
   * Floats of 16 bits.
   *
   * @param format fp16 or bf16
   */
  record ShortFloat(FloatFormat format) implements WeightForm {
    /**
     * Refuses null.
     *
     * @param format fp16 or bf16
     */
    public ShortFloat {
      Argument.require("format", format);
    }

    @Override
    public float[] rounded(float[] weights, long... shape) {
      return format.round(weights);
    }

    @Override
    public int bits() {
      return format.bits();
    }

    @Override
    public long extraBytes() {
      return 0;
    }

    @Override
    public String toString() {
      return format.toString();
    }
  }
}
