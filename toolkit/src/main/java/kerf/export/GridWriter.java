package kerf.export;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.util.ArrayList;
import java.util.List;
import kerf.scheme.IntegerFormat;
import kerf.scheme.QuantParams;
import kerf.scheme.Quantizer;
import kerf.scheme.Spread;

/** Writes grids: scales, zero points, and the operators that go to integers and back. */
final class GridWriter {
  private final OnnxWriter onnx;

  GridWriter(OnnxWriter onnx) {
    this.onnx = onnx;
  }

  /** The type that activations of a format are kept in: 8 bits, even of fewer. */
  static NumberType activations(IntegerFormat format) {
    NumberType type = NumberType.holding(format.min(), format.max());
    return switch (type) {
      case INT4 -> NumberType.INT8;
      case UINT4 -> NumberType.UINT8;
      default -> type;
    };
  }

  /**
   * Rounds a value to a grid, by {@code QuantizeLinear}, and gives it back as floats that lie on
   * the grid, under the name {@code NAME/dequantized}; the integers are {@code NAME/quantized}.
   *
   * @param value what to round
   * @param name of the node whose output it is
   * @param quantizer one scale a tensor
   */
  String rounded(String value, String name, Quantizer quantizer) {
    IntegerFormat format = quantizer.format();
    QuantParams params = quantizer.params().get(0);
    NumberType type = activations(format);
    String scale = onnx.constant(name + "/scale", new float[] {params.scale()});
    String zero = onnx.constant(name + "/zero_point", type, new int[] {params.zeroPoint()});
    String integers = name + "/quantized";
    boolean whole = type.min() == format.min() && type.max() == format.max();
    List<String> inputs = List.of(value, scale, zero);
    if (whole) {
      onnx.add("QuantizeLinear", integers, inputs);
    } else {
      // QuantizeLinear clips at the type's ends; the grid's are nearer.
      String wide = onnx.add("QuantizeLinear", name + "/unclipped", inputs);
      String min = onnx.constant(name + "/min", type, new int[] {format.min()});
      String max = onnx.constant(name + "/max", type, new int[] {format.max()});
      onnx.add("Clip", integers, List.of(wide, min, max));
    }
    return onnx.add("DequantizeLinear", name + "/dequantized", List.of(integers, scale, zero));
  }

  /**
   * Clips a value at the ends of a grid, which changes nothing as rounding clips there too, but
   * holds the rounding where it is: ONNX Runtime would move it before the max pooling that gives
   * the value, and pooling of 8 bits behind a layer of floats takes many times as long as the
   * layer.
   */
  String held(String value, String name, Quantizer quantizer) {
    IntegerFormat format = quantizer.format();
    QuantParams params = quantizer.params().get(0);
    float low = (format.min() - params.zeroPoint()) * params.scale();
    float high = (format.max() - params.zeroPoint()) * params.scale();
    String least = onnx.constant(name + "/least", new float[] {low});
    String greatest = onnx.constant(name + "/greatest", new float[] {high});
    return onnx.add("Clip", name + "/held", List.of(value, least, greatest));
  }

  /**
   * Gives integers as floats by {@code DequantizeLinear}, which a runtime fuses into the layer that
   * reads them.
   *
   * @param name of the parameter
   * @param type of its integers
   * @param integers row-major
   * @param quantizer one scale a tensor or a channel
   * @param axis the channels in the shape
   */
  String dequantized(
      String name, NumberType type, int[] integers, Quantizer quantizer, int axis, long... shape) {
    boolean single = quantizer.format().spread() instanceof Spread.PerTensor;
    List<String> inputs = new ArrayList<>();
    inputs.add(onnx.constant(name + "/quantized", type, integers, shape));
    inputs.add(onnx.constant(name + "/scale", scales(quantizer), shape(quantizer)));
    inputs.add(onnx.constant(name + "/zero_point", type, zeros(quantizer), shape(quantizer)));
    AttributeProto[] attributes =
        single ? new AttributeProto[0] : new AttributeProto[] {OnnxWriter.number("axis", axis)};
    return onnx.add("DequantizeLinear", name, inputs, attributes);
  }

  static float[] scales(Quantizer quantizer) {
    float[] scales = new float[quantizer.params().size()];
    for (int i = 0; i < scales.length; i++) {
      scales[i] = quantizer.params().get(i).scale();
    }
    return scales;
  }

  static int[] zeros(Quantizer quantizer) {
    return quantizer.params().stream().mapToInt(QuantParams::zeroPoint).toArray();
  }

  static boolean affine(Quantizer quantizer) {
    return quantizer.params().stream().anyMatch(params -> params.zeroPoint() != 0);
  }

  private static long[] shape(Quantizer quantizer) {
    return quantizer.format().spread() instanceof Spread.PerTensor
        ? new long[0]
        : new long[] {quantizer.params().size()};
  }
}
