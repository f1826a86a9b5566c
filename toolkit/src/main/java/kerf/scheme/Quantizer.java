package kerf.scheme;

import java.util.List;
import kerf.argument.Argument;
import kerf.granularity.Shape;

/**
 * A format with its scales and zero points: takes real numbers to integers and back.
 *
 * <p>All arithmetic is in floats, by the engine's own order of operations; {@code rint} rounds
 * halves to even.
 *
 * @param format the grid and what shares a scale
 * @param params a scale and zero point for each of what shares one, in C order
 */
public record Quantizer(IntegerFormat format, List<QuantParams> params) {
  /**
   * Checks the zero points.
   *
   * @param format the grid
   * @param params a scale and zero point each
   */
  public Quantizer {
    params = List.copyOf(params);
    for (QuantParams each : params) {
      if (each.zeroPoint() < format.min() || each.zeroPoint() > format.max()) {
        throw new IllegalArgumentException(
            "zero point must be in %d to %d for %s, found %d"
                .formatted(format.min(), format.max(), format, each.zeroPoint()));
      }
    }
  }

  /**
   * This quantizer with all integers of its format's width, scales and zero points kept.
   *
   * @return what a quantized network rounds activations by ({@link IntegerFormat#whole})
   */
  public Quantizer whole() {
    return new Quantizer(format.whole(), params);
  }

  /**
   * Quantizes. One scale a tensor: {@code q = clip(rint(fma(x, 1 / scale, zeroPoint)))}, as {@code
   * torch.quantize_per_tensor}; several: {@code clip(rint(x * (1 / scale) + zeroPoint))}, as {@code
   * torch.quantize_per_channel}.
   *
   * @param values real numbers, row-major
   * @param shape their shape
   * @return the integers
   * @throws IllegalArgumentException if the shape does not fit the values or the parameters
   */
  public QuantizedTensor quantize(float[] values, long... shape) {
    Argument.require("values", values);
    Argument.require("shape", shape);
    int[] integers = new int[values.length];
    boolean fused = format.spread() instanceof Spread.PerTensor;
    layout(values.length, shape)
        .forEach(
            (parameter, from, to) -> {
              float inverse = 1f / params.get(parameter).scale();
              float zeroPoint = params.get(parameter).zeroPoint();
              for (int i = from; i < to; i++) {
                float grid =
                    fused
                        ? Math.fma(values[i], inverse, zeroPoint)
                        : values[i] * inverse + zeroPoint;
                integers[i] = format.clip((float) Math.rint(grid));
              }
            });
    return new QuantizedTensor(this, integers, values.clone(), shape);
  }

  /**
   * Quantizes and dequantizes: {@code q = rint(x * (1 / scale)) + zeroPoint}, clipped, and back, as
   * {@code torch.fake_quantize_per_tensor_affine} and {@code _per_channel_affine}. The zero point
   * is added after rounding here, before it in {@link #quantize}: at exact halves the two can
   * differ by one.
   *
   * @param values real numbers, row-major
   * @param shape their shape
   * @return the nearest numbers of the grid
   * @throws IllegalArgumentException if the shape does not fit the values or the parameters
   */
  public float[] fake(float[] values, long... shape) {
    Argument.require("values", values);
    Argument.require("shape", shape);
    float[] fake = new float[values.length];
    layout(values.length, shape)
        .forEach(
            (parameter, from, to) -> {
              float scale = params.get(parameter).scale();
              int zeroPoint = params.get(parameter).zeroPoint();
              float inverse = 1f / scale;
              for (int i = from; i < to; i++) {
                int q = format.clip((float) Math.rint(values[i] * inverse) + zeroPoint);
                fake[i] = (q - zeroPoint) * scale;
              }
            });
    return fake;
  }

  /**
   * Tells where fake quantization lets the gradient through: where the rounded integer, before it
   * is clipped, is on the grid. So values up to half a step beyond the ends count as inside.
   *
   * @param values real numbers, row-major
   * @param shape their shape
   * @return true where the gradient is 1, false where it is 0
   * @throws IllegalArgumentException if the shape does not fit the values or the parameters
   */
  public boolean[] inRange(float[] values, long... shape) {
    Argument.require("values", values);
    Argument.require("shape", shape);
    boolean[] inside = new boolean[values.length];
    layout(values.length, shape)
        .forEach(
            (parameter, from, to) -> {
              int zeroPoint = params.get(parameter).zeroPoint();
              float inverse = 1f / params.get(parameter).scale();
              for (int i = from; i < to; i++) {
                double q = Math.rint(values[i] * inverse) + zeroPoint;
                inside[i] = q >= format.min() && q <= format.max();
              }
            });
    return inside;
  }

  /**
   * Takes integers back: {@code (q - zeroPoint) * scale}.
   *
   * @param integers integers of the grid, row-major
   * @param shape their shape
   * @return real numbers
   * @throws IllegalArgumentException if the shape does not fit the integers or the parameters
   */
  public float[] dequantize(int[] integers, long... shape) {
    Argument.require("integers", integers);
    Argument.require("shape", shape);
    float[] values = new float[integers.length];
    layout(integers.length, shape)
        .forEach(
            (parameter, from, to) -> {
              float scale = params.get(parameter).scale();
              int zeroPoint = params.get(parameter).zeroPoint();
              for (int i = from; i < to; i++) {
                values[i] = (integers[i] - zeroPoint) * scale;
              }
            });
    return values;
  }

  /**
   * Refuses a tensor that these scales are not for.
   *
   * @param shape its shape
   * @throws IllegalArgumentException if another number of scales is needed
   */
  public void requireFits(long... shape) {
    Argument.require("shape", shape);
    layout(format.spread().over(shape).size(), shape);
  }

  private Layout layout(int elements, long... shape) {
    Layout layout = format.spread().over(shape);
    if (layout.size() != elements) {
      throw new IllegalArgumentException(
          "shape %s has %,d elements, found %,d"
              .formatted(Shape.text(shape), layout.size(), elements));
    }
    if (layout.count() != params.size()) {
      throw new IllegalArgumentException(
          "%s needs %,d scales for shape %s, found %,d"
              .formatted(format, layout.count(), Shape.text(shape), params.size()));
    }
    return layout;
  }
}
