package kerf.export;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.util.Arrays;
import java.util.List;
import kerf.quantization.ChannelPalette;
import kerf.quantization.Palette;
import kerf.quantization.QuantizedGraph;
import kerf.quantization.WeightForm;
import kerf.scheme.FloatFormat;
import kerf.scheme.Quantizer;
import kerf.scheme.Spread;

/**
 * Writes weights in the form they are kept in.
 *
 * <p>Where a layer computes in integers they come by {@code DequantizeLinear}, which ONNX Runtime
 * fuses with the layer. Everywhere else by {@code Cast} and {@code Mul}, which it computes once, as
 * it loads the file: a lone {@code DequantizeLinear} it would compute again at every run.
 */
final class WeightWriter {
  private final QuantizedGraph form;
  private final OnnxWriter onnx;
  private final GridWriter grids;

  WeightWriter(QuantizedGraph form, OnnxWriter onnx) {
    this.form = form;
    this.onnx = onnx;
    this.grids = new GridWriter(onnx);
  }

  /** Whether weights are on a grid that integer kernels take. */
  boolean fitsIntegers(String parameter) {
    Quantizer grid = form.weights().get(parameter);
    if (grid == null || grid.format().bits() > 8) {
      return false;
    }
    boolean rows =
        grid.format().spread() instanceof Spread.PerTensor
            || grid.format().spread() instanceof Spread.PerChannel channels && channels.axis() == 0;
    // ONNX Runtime's integer convolution takes several scales, but one zero point.
    return rows && Arrays.stream(GridWriter.zeros(grid)).distinct().count() == 1;
  }

  /** Writes integers for an integer kernel. */
  String integers(String parameter) {
    Quantizer grid = form.weights().get(parameter);
    long[] shape = shape(parameter);
    int[] integers = grid.quantize(form.network().values(parameter), shape).integers();
    return grids.dequantized(
        parameter, GridWriter.activations(grid.format()), integers, grid, 0, shape);
  }

  /** Writes weights for a layer that computes in floats. */
  String floats(String parameter) {
    float[] values = form.network().values(parameter);
    long[] shape = shape(parameter);
    WeightForm own = form.forms().get(parameter);
    if (own == null) {
      return onnx.constant(parameter, values, shape);
    }
    if (own instanceof WeightForm.ShortFloat floats) {
      return shortFloats(parameter, floats.format(), floats.rounded(values, shape), shape);
    }
    if (own instanceof Palette palette) {
      return palette(parameter, palette, palette.indices(values), shape);
    }
    if (own instanceof ChannelPalette channels) {
      // Opset 17 has no numbers of 1 or 2 bits: they would take as much as floats, or more.
      return onnx.constant(parameter, channels.rounded(values, shape), shape);
    }
    Quantizer grid = ((WeightForm.Grid) own).quantizer();
    int[] integers = grid.quantize(values, shape).integers();
    if (grid.format().spread() instanceof Spread.PerGroup group) {
      return grouped(parameter, grid, integers, group.size(), shape);
    }
    long[] spread = new long[0];
    if (grid.format().spread() instanceof Spread.PerChannel channels) {
      spread = new long[shape.length];
      Arrays.fill(spread, 1);
      spread[channels.axis()] = shape[channels.axis()];
    }
    return scaled(parameter, parameter, grid, integers, spread, shape);
  }

  private long[] shape(String parameter) {
    return form.graph().parameter(parameter).shape();
  }

  /** {@code (integers - zero points) * scales}, under a name. */
  private String scaled(
      String output, String name, Quantizer grid, int[] integers, long[] spread, long... shape) {
    NumberType type = NumberType.holding(grid.format().min(), grid.format().max());
    String value = cast(name + "/cast", onnx.constant(name + "/quantized", type, integers, shape));
    if (GridWriter.affine(grid)) {
      int[] zeros = GridWriter.zeros(grid);
      float[] points = new float[zeros.length];
      for (int i = 0; i < zeros.length; i++) {
        points[i] = zeros[i];
      }
      String zero = onnx.constant(name + "/zero_point", points, spread);
      value = onnx.add("Sub", name + "/centered", List.of(value, zero));
    }
    String scale = onnx.constant(name + "/scale", GridWriter.scales(grid), spread);
    return onnx.add("Mul", output, List.of(value, scale));
  }

  /** Rows are filled up to whole groups, scaled group by group, and cut again. */
  private String grouped(String name, Quantizer grid, int[] integers, int size, long... shape) {
    int rows = (int) shape[0];
    int row = integers.length / rows;
    int groups = (row + size - 1) / size;
    int[] filled = new int[rows * groups * size];
    for (int i = 0; i < rows; i++) {
      System.arraycopy(integers, i * row, filled, i * groups * size, row);
    }
    long[] spread = {rows, groups, 1};
    String value = scaled(name + "/groups", name, grid, filled, spread, rows, groups, size);
    if (groups * size != row) {
      String flat = onnx.longs(name + "/rows", rows, (long) groups * size);
      value = onnx.add("Reshape", name + "/filled", List.of(value, flat));
      String from = onnx.longs(name + "/from", 0);
      String to = onnx.longs(name + "/to", row);
      String axis = onnx.longs(name + "/axis", 1);
      value = onnx.add("Slice", name + "/cut", List.of(value, from, to, axis));
    }
    return onnx.add("Reshape", name, List.of(value, onnx.longs(name + "/shape", shape)));
  }

  private String shortFloats(String name, FloatFormat format, float[] rounded, long... shape) {
    boolean half = format == FloatFormat.FP16;
    int[] bits = new int[rounded.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = half ? halfBits(rounded[i]) : Float.floatToRawIntBits(rounded[i]) >>> 16;
    }
    NumberType type = half ? NumberType.FLOAT16 : NumberType.BFLOAT16;
    return cast(name, onnx.constant(name + "/short", type, bits, shape));
  }

  private String palette(String name, Palette palette, int[] indices, long... shape) {
    float[] colors = palette.colors();
    String own = onnx.constant(name + "/colors", colors, colors.length);
    NumberType type = NumberType.holding(0, colors.length - 1);
    String index = onnx.constant(name + "/indices", type, indices, shape);
    String wide =
        onnx.add(
            "Cast",
            name + "/index",
            List.of(index),
            OnnxWriter.number("to", NumberType.INT64.code()));
    return onnx.add("Gather", name, List.of(own, wide));
  }

  private String cast(String output, String input) {
    AttributeProto to = OnnxWriter.number("to", NumberType.FLOAT.code());
    return onnx.add("Cast", output, List.of(input), to);
  }

  /** The 16 bits of a number that half precision has. */
  static int halfBits(float value) {
    int bits = Float.floatToIntBits(value);
    int sign = bits >>> 16 & 0x8000;
    float size = Math.abs(value);
    if (Float.isNaN(value)) {
      return 0x7e00;
    }
    if (Float.isInfinite(value)) {
      return sign | 0x7c00;
    }
    if (size < 0x1p-14f) {
      return sign | (int) (size * 0x1p24f);
    }
    return sign | (Math.getExponent(size) + 15) << 10 | bits >>> 13 & 0x3ff;
  }
}
