package kerf.export;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import kerf.integer.FixedPoint;
import kerf.quantization.QuantizedGraph;
import kerf.scheme.IntegerFormat;
import kerf.scheme.Quantizer;
import kerf.trace.BatchNorm;
import kerf.trace.Convolution;
import kerf.trace.Linear;
import kerf.trace.Node;

/** Writes convolutions, linear layers and batch normalization. */
final class LayerWriter {
  private final QuantizedGraph form;
  private final OnnxWriter onnx;
  private final WeightWriter weights;
  private final GridWriter grids;

  LayerWriter(QuantizedGraph form, OnnxWriter onnx, WeightWriter weights) {
    this.form = form;
    this.onnx = onnx;
    this.weights = weights;
    this.grids = new GridWriter(onnx);
  }

  String convolution(Node node, Convolution conv, String input) {
    long[] padding = conv.padding().getShape();
    AttributeProto[] attributes = {
      OnnxWriter.attribute("kernel_shape", conv.kernel().getShape()),
      OnnxWriter.attribute("strides", conv.stride().getShape()),
      OnnxWriter.attribute("pads", twice(padding)),
      OnnxWriter.attribute("dilations", conv.dilation().getShape()),
      OnnxWriter.number("group", conv.groups())
    };
    List<String> inputs = operands(node, conv.weight(), conv.bias(), input);
    return onnx.add("Conv", node.name(), inputs, attributes);
  }

  static long[] twice(long... padding) {
    return LongStream.concat(Arrays.stream(padding), Arrays.stream(padding)).toArray();
  }

  String linear(Node node, Linear linear, String input) {
    if (form.inputs().containsKey(node.name())) {
      requireRunning(node, form.inputs().get(node.name()));
      return dynamic(node, linear, input);
    }
    boolean sequence = node.shape().dimension() > 1;
    String rows = input;
    if (sequence) {
      // Gemm takes rows; so a sequence's steps become rows, and steps again behind it.
      rows = reshape(node.name() + "/rows", input, -1, linear.inputs());
      Optional<Quantizer> grid = form.inputOf(node);
      if (grid.isPresent()) {
        rows = grids.rounded(rows, node.name() + "/rows", grid.get());
      }
    }
    String output = sequence ? node.name() + "/outputs" : node.name();
    List<String> inputs = operands(node, linear.weight(), linear.bias(), rows);
    output = onnx.add("Gemm", output, inputs, OnnxWriter.number("transB", 1));
    return sequence
        ? reshape(
            node.name(),
            output,
            LongStream.concat(LongStream.of(-1), Arrays.stream(node.shape().getShape())).toArray())
        : output;
  }

  private String reshape(String output, String input, long... shape) {
    return onnx.add("Reshape", output, List.of(input, onnx.longs(output + "/shape", shape)));
  }

  /** Input, weight and bias: for integers where input and weight are on grids, else for floats. */
  private List<String> operands(Node node, String weight, Optional<String> bias, String input) {
    Optional<Quantizer> grid = form.inputOf(node);
    boolean integers = grid.isPresent() && weights.fitsIntegers(weight);
    List<String> operands = new ArrayList<>(List.of(input));
    operands.add(integers ? weights.integers(weight) : weights.floats(weight));
    if (bias.isPresent()) {
      operands.add(
          integers
              ? rounded(node, bias.get(), grid.get(), form.weights().get(weight))
              : onnx.constant(bias.get(), form.network().values(bias.get()), channels(bias.get())));
    }
    return operands;
  }

  private long channels(String bias) {
    return form.graph().parameter(bias).shape()[0];
  }

  /** A bias in units of input scale times weight scale: what integer kernels add. */
  private String rounded(Node node, String bias, Quantizer input, Quantizer weight) {
    float[] values = form.network().values(bias);
    float[] scales = GridWriter.scales(weight);
    float inputScale = input.params().get(0).scale();
    int[] integers = new int[values.length];
    for (int i = 0; i < integers.length; i++) {
      integers[i] = FixedPoint.bias(values[i], inputScale, scales[scales.length == 1 ? 0 : i]);
    }
    float[] units = new float[scales.length];
    for (int i = 0; i < units.length; i++) {
      units[i] = inputScale * scales[i];
    }
    String name = node.name() + "/bias";
    String quantized =
        onnx.constant(name + "/quantized", NumberType.INT32, integers, integers.length);
    if (units.length == 1) {
      String scale = onnx.constant(name + "/scale", units);
      return onnx.add("DequantizeLinear", name, List.of(quantized, scale));
    }
    String scale = onnx.constant(name + "/scale", units, units.length);
    AttributeProto axis = OnnxWriter.number("axis", 0);
    return onnx.add("DequantizeLinear", name, List.of(quantized, scale), axis);
  }

  /** Rounds the input by its own range, batch by batch, and multiplies integers. */
  private String dynamic(Node node, Linear linear, String input) {
    String integers = input + "/quantized";
    String inputScale = input + "/scale";
    String inputZero = input + "/zero_point";
    if (!onnx.has(integers)) {
      onnx.add("DynamicQuantizeLinear", List.of(input), List.of(integers, inputScale, inputZero));
    }
    Quantizer grid = form.weights().get(linear.weight());
    long[] shape = form.graph().parameter(linear.weight()).shape();
    int[] rows = grid.quantize(form.network().values(linear.weight()), shape).integers();
    NumberType type = GridWriter.activations(grid.format());
    String name = linear.weight();
    List<String> operands = new ArrayList<>(List.of(integers));
    operands.add(
        onnx.constant(
            name + "/quantized", type, transposed(rows, shape), linear.inputs(), linear.outputs()));
    operands.add(inputZero);
    int[] zeros = GridWriter.affine(grid) ? GridWriter.zeros(grid) : new int[1];
    operands.add(
        zeros.length == 1
            ? onnx.constant(name + "/zero_point", type, zeros)
            : onnx.constant(name + "/zero_point", type, zeros, zeros.length));
    String sums = onnx.add("MatMulInteger", node.name() + "/sums", operands);
    AttributeProto to = OnnxWriter.number("to", NumberType.FLOAT.code());
    String cast = onnx.add("Cast", node.name() + "/cast", List.of(sums), to);
    float[] scales = GridWriter.scales(grid);
    String scale =
        scales.length == 1
            ? onnx.constant(name + "/scale", scales)
            : onnx.constant(name + "/scale", scales, scales.length);
    String unit = onnx.add("Mul", node.name() + "/unit", List.of(inputScale, scale));
    String product = linear.bias().isPresent() ? node.name() + "/product" : node.name();
    product = onnx.add("Mul", product, List.of(cast, unit));
    if (linear.bias().isEmpty()) {
      return product;
    }
    String bias = linear.bias().get();
    String own = onnx.constant(bias, form.network().values(bias), linear.outputs());
    return onnx.add("Add", node.name(), List.of(product, own));
  }

  /** The one grid that ONNX finds for an input as it comes. */
  static void requireRunning(Node node, IntegerFormat format) {
    if (!format.equals(IntegerFormat.unsigned(8))) {
      throw new IllegalArgumentException(
          "cannot export layer %s: ONNX rounds an input as it comes to %s, found %s; quantize with .activations(uint8())"
              .formatted(node.name(), IntegerFormat.unsigned(8), format));
    }
  }

  /** Columns of a matrix as rows. */
  static int[] transposed(int[] rows, long... shape) {
    int height = (int) shape[0];
    int width = (int) shape[1];
    int[] columns = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      columns[i % width * height + i / width] = rows[i];
    }
    return columns;
  }

  String batchNorm(Node node, BatchNorm norm, String input) {
    List<String> inputs = new ArrayList<>(List.of(input));
    for (String parameter : norm.parameters()) {
      inputs.add(onnx.constant(parameter, form.network().values(parameter), norm.channels()));
    }
    return onnx.add(
        "BatchNormalization", node.name(), inputs, OnnxWriter.number("epsilon", norm.epsilon()));
  }
}
