package kerf.export;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import kerf.quantization.QuantizedGraph;
import kerf.scheme.Quantizer;
import kerf.trace.Lstm;
import kerf.trace.Node;

/**
 * Writes LSTMs. The engine has the batch first and gates in the order input, forget, cell, output;
 * ONNX the time first and gates in the order input, output, forget, cell.
 */
final class LstmWriter {
  private static final int[] GATES = {0, 3, 1, 2};

  private final QuantizedGraph form;
  private final OnnxWriter onnx;
  private final WeightWriter weights;

  LstmWriter(QuantizedGraph form, OnnxWriter onnx, WeightWriter weights) {
    this.form = form;
    this.onnx = onnx;
    this.weights = weights;
  }

  String write(Node node, Lstm lstm, String input) {
    if (form.inputs().containsKey(node.name())) {
      LayerWriter.requireRunning(node, form.inputs().get(node.name()));
    }
    long directions = lstm.bidirectional() ? 2 : 1;
    String steps =
        onnx.add(
            "Transpose",
            node.name() + "/steps",
            List.of(input),
            OnnxWriter.attribute("perm", 1, 0, 2));
    for (int layer = 0; layer < lstm.layers(); layer++) {
      boolean last = layer == lstm.layers() - 1;
      String name = node.name() + "/layer" + layer;
      String outputs =
          form.inputs().containsKey(node.name())
              ? dynamic(name, lstm, layer, steps)
              : layer(name, lstm, layer, steps);
      // (time, direction, batch, state) to (batch, time, ...) at the end, else to (time, batch,
      // ...).
      String moved =
          onnx.add(
              "Transpose",
              name + "/moved",
              List.of(outputs),
              last
                  ? OnnxWriter.attribute("perm", 2, 0, 1, 3)
                  : OnnxWriter.attribute("perm", 0, 2, 1, 3));
      String shape = onnx.longs(name + "/shape", 0, 0, directions * lstm.state());
      steps = onnx.add("Reshape", last ? node.name() : name + "/joined", List.of(moved, shape));
    }
    return steps;
  }

  private String layer(String name, Lstm lstm, int layer, String steps) {
    int directions = lstm.bidirectional() ? 2 : 1;
    int each = lstm.biases() ? 4 : 2;
    List<String> inputs = new ArrayList<>();
    List<String> states = new ArrayList<>();
    float[] biases = new float[0];
    for (int direction = 0; direction < directions; direction++) {
      int first = (layer * directions + direction) * each;
      List<String> own = lstm.parameters().subList(first, first + each);
      inputs.add(gates(own.get(0), lstm.state()));
      states.add(gates(own.get(1), lstm.state()));
      for (String bias : own.subList(2, each)) {
        biases = joined(biases, reordered(form.network().values(bias)));
      }
    }
    List<String> operands = new ArrayList<>(List.of(steps));
    operands.add(onnx.add("Concat", name + "/W", inputs, OnnxWriter.number("axis", 0)));
    operands.add(onnx.add("Concat", name + "/R", states, OnnxWriter.number("axis", 0)));
    if (lstm.biases()) {
      operands.add(onnx.constant(name + "/B", biases, directions, 8 * lstm.state()));
    }
    return onnx.add(
        "LSTM",
        name,
        operands,
        OnnxWriter.number("hidden_size", lstm.state()),
        OnnxWriter.text("direction", directions == 2 ? "bidirectional" : "forward"));
  }

  /** What ONNX Runtime has for integers; the standard has nothing. */
  private String dynamic(String name, Lstm lstm, int layer, String steps) {
    int each = lstm.biases() ? 4 : 2;
    List<String> own = lstm.parameters().subList(layer * each, (layer + 1) * each);
    List<String> operands = new ArrayList<>(List.of(steps));
    operands.add(integers(own.get(0)));
    operands.add(integers(own.get(1)));
    if (lstm.biases()) {
      float[] biases = reordered(form.network().values(own.get(2)));
      biases = joined(biases, reordered(form.network().values(own.get(3))));
      operands.add(onnx.constant(name + "/B", biases, 1, biases.length));
    } else {
      operands.add("");
    }
    // No lengths, no first state and cell, no peepholes.
    operands.addAll(List.of("", "", "", ""));
    for (String weight : own.subList(0, 2)) {
      Quantizer grid = form.weights().get(weight);
      float[] scales = GridWriter.scales(grid);
      int[] zeros = GridWriter.zeros(grid);
      boolean single = scales.length == 1;
      long[] shape = single ? new long[] {1} : new long[] {1, scales.length};
      NumberType type = GridWriter.activations(grid.format());
      operands.add(onnx.constant(weight + "/scale", single ? scales : reordered(scales), shape));
      operands.add(
          onnx.constant(weight + "/zero_point", type, single ? zeros : reordered(zeros), shape));
    }
    return onnx.extended(
        "DynamicQuantizeLSTM",
        name,
        operands,
        OnnxWriter.number("hidden_size", lstm.state()),
        OnnxWriter.text("direction", "forward"));
  }

  /** The integers of a weight, a column for each row of a gate. */
  private String integers(String weight) {
    long[] shape = form.graph().parameter(weight).shape();
    Quantizer grid = form.weights().get(weight);
    int[] rows = reordered(grid.quantize(form.network().values(weight), shape).integers());
    NumberType type = GridWriter.activations(grid.format());
    int[] columns = LayerWriter.transposed(rows, shape);
    return onnx.constant(weight + "/quantized", type, columns, 1, shape[1], shape[0]);
  }

  private static int[] reordered(int... values) {
    int gate = values.length / 4;
    int[] reordered = new int[values.length];
    for (int i = 0; i < 4; i++) {
      System.arraycopy(values, GATES[i] * gate, reordered, i * gate, gate);
    }
    return reordered;
  }

  /** A weight with its gates in the order of ONNX, and an axis for the direction. */
  private String gates(String weight, long state) {
    long[] rows = new long[(int) (4 * state)];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = GATES[(int) (i / state)] * state + i % state;
    }
    String order = onnx.longs(weight + "/order", rows);
    String own = weights.floats(weight);
    String gates =
        onnx.add("Gather", weight + "/gates", List.of(own, order), OnnxWriter.number("axis", 0));
    String axis = onnx.longs(weight + "/direction", 0);
    return onnx.add("Unsqueeze", weight + "/one", List.of(gates, axis));
  }

  private static float[] reordered(float... biases) {
    int state = biases.length / 4;
    float[] reordered = new float[biases.length];
    for (int gate = 0; gate < 4; gate++) {
      System.arraycopy(biases, GATES[gate] * state, reordered, gate * state, state);
    }
    return reordered;
  }

  private static float[] joined(float[] first, float... second) {
    float[] joined = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }
}
