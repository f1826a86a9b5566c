package kerf.export;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kerf.quantization.Points;
import kerf.quantization.QuantizedGraph;
import kerf.scheme.Quantizer;
import kerf.trace.Activation;
import kerf.trace.Add;
import kerf.trace.BatchNorm;
import kerf.trace.Clip;
import kerf.trace.Concatenation;
import kerf.trace.Convolution;
import kerf.trace.Dropout;
import kerf.trace.Flatten;
import kerf.trace.GlobalPooling;
import kerf.trace.Graph;
import kerf.trace.Input;
import kerf.trace.Linear;
import kerf.trace.Lstm;
import kerf.trace.Multiply;
import kerf.trace.Node;
import kerf.trace.OneHot;
import kerf.trace.Operator;
import kerf.trace.Pooling;
import kerf.trace.Reshape;
import kerf.trace.Select;
import kerf.trace.Transpose;

/**
 * A graph with its grids as an ONNX model. A node's output has the node's name; where it is rounded
 * to a grid, readers get {@code NAME/dequantized}, and {@code NAME/quantized} are the integers.
 */
final class Translation {
  private final QuantizedGraph form;
  private final Graph graph;
  private final OnnxWriter onnx = new OnnxWriter();
  private final GridWriter grids = new GridWriter(onnx);
  private final OperatorWriter operators = new OperatorWriter(onnx);
  private final LayerWriter layers;
  private final LstmWriter lstms;
  private final WeightWriter weights;
  private final Map<String, String> values = new HashMap<>();
  private final Map<String, String> unrounded = new HashMap<>();

  private Translation(QuantizedGraph form) {
    this.form = form;
    this.graph = form.graph();
    this.weights = new WeightWriter(form, onnx);
    this.layers = new LayerWriter(form, onnx, weights);
    this.lstms = new LstmWriter(form, onnx, weights);
    graph.nodes().forEach(this::write);
  }

  /** The model, with the network's output alone. */
  static ModelProto model(QuantizedGraph form) {
    Translation translation = new Translation(form);
    translation.output(translation.graph.output());
    return translation.onnx.model(form.network().architecture().describe());
  }

  /** The model, with what can be compared node by node before the network's output. */
  static ModelProto probed(QuantizedGraph form) {
    Translation translation = new Translation(form);
    probes(form)
        .forEach(
            (name, grid) -> {
              if (integers(grid)) {
                translation.onnx.output(
                    name + "/quantized",
                    GridWriter.activations(grid.get().format()),
                    translation.shape(name));
              } else {
                translation.output(name);
              }
            });
    return translation.onnx.model(form.network().architecture().describe());
  }

  /** Whether a probe gives integers: those of 8 bits, the others come as floats on the grid. */
  static boolean integers(Optional<Quantizer> grid) {
    return grid.isPresent() && !GridWriter.activations(grid.get().format()).recent();
  }

  /** The nodes to compare, with their grids if any: points, layers, the output. */
  static Map<String, Optional<Quantizer>> probes(QuantizedGraph form) {
    Graph graph = form.graph();
    String output = graph.output();
    while (graph.node(output).operator() instanceof Dropout) {
      output = graph.node(output).inputs().get(0);
    }
    Map<String, Optional<Quantizer>> probes = new LinkedHashMap<>();
    for (Node node : graph.nodes()) {
      boolean layer =
          !node.operator().weights().isEmpty()
              && !form.points().containsKey(Points.fused(graph, node.name()));
      if (form.points().containsKey(node.name()) || layer || output.equals(node.name())) {
        probes.put(node.name(), Optional.ofNullable(form.points().get(node.name())));
      }
    }
    return probes;
  }

  private void output(String node) {
    onnx.output(values.get(node), NumberType.FLOAT, shape(node));
  }

  private long[] shape(String node) {
    return graph.node(node).shape().getShape();
  }

  private void write(Node node) {
    if (node.operator() instanceof Dropout) {
      values.put(node.name(), values.get(node.inputs().get(0)));
      unrounded.put(node.name(), unrounded.get(node.inputs().get(0)));
      return;
    }
    String value = written(node);
    unrounded.put(node.name(), value);
    Quantizer grid = form.points().get(Points.source(graph, node.name()));
    if (grid == null) {
      values.put(node.name(), value);
      return;
    }
    // What passes on values of a grid, such as max pooling, gives values of the grid; saying so
    // again lets the runtime pass on integers.
    String own = pools(node) && !inIntegers(node) ? grids.held(value, node.name(), grid) : value;
    values.put(node.name(), grids.rounded(own, node.name(), grid));
  }

  /**
   * Whether a node takes the largest of several numbers: of rounded ones, or rounded afterwards.
   */
  private static boolean pools(Node node) {
    return node.operator() instanceof Pooling pooling && pooling.kind() == Pooling.Kind.MAXIMUM;
  }

  /** Whether what a node passes on comes from a kernel of integers. */
  private boolean inIntegers(Node node) {
    Node maker = graph.node(Points.source(graph, node.name()));
    if (maker.operator() instanceof Activation || maker.operator() instanceof Clip) {
      maker = graph.node(maker.inputs().get(0));
    }
    return !maker.inputs().isEmpty()
        && maker.operator().weights().stream().allMatch(weights::fitsIntegers)
        && maker.inputs().stream()
            .allMatch(input -> form.points().containsKey(Points.source(graph, input)));
  }

  private String written(Node node) {
    String name = node.name();
    Operator operator = node.operator();
    List<String> inputs = node.inputs().stream().map(values::get).toList();
    if (operator instanceof Input input) {
      onnx.input(name, input.shape().getShape());
      return name;
    }
    boolean floats = pools(node) && !inIntegers(node);
    String input = floats ? unrounded.get(node.inputs().get(0)) : inputs.get(0);
    if (operator instanceof Convolution conv) {
      return layers.convolution(node, conv, input);
    }
    if (operator instanceof Linear linear) {
      return layers.linear(node, linear, input);
    }
    if (operator instanceof BatchNorm norm) {
      return layers.batchNorm(node, norm, input);
    }
    if (operator instanceof Lstm lstm) {
      return lstms.write(node, lstm, input);
    }
    if (operator instanceof Activation activation) {
      return operators.activation(name, activation, input);
    }
    if (operator instanceof Clip clip) {
      return operators.clip(name, clip, input);
    }
    if (operator instanceof Pooling pooling) {
      return operators.pooling(node, pooling, shape(node.inputs().get(0)), input);
    }
    if (operator instanceof GlobalPooling pooling) {
      return operators.globalPooling(name, pooling, input);
    }
    if (operator instanceof Add) {
      return onnx.add("Add", name, inputs);
    }
    if (operator instanceof Multiply) {
      return onnx.add("Mul", name, inputs);
    }
    if (operator instanceof Concatenation concat) {
      return operators.join(name, concat.axis(), inputs);
    }
    if (operator instanceof Flatten) {
      return operators.flatten(name, input);
    }
    if (operator instanceof Reshape reshape) {
      return operators.reshape(name, reshape, input);
    }
    if (operator instanceof Transpose transpose) {
      return operators.transpose(name, transpose, input);
    }
    if (operator instanceof Select select) {
      return operators.select(name, select, input);
    }
    if (operator instanceof OneHot numbers) {
      return operators.oneHot(name, numbers, input);
    }
    throw new IllegalArgumentException(
        "cannot export layer %s: ONNX has no operator for %s; export a network without it, or the quantized network it belongs to"
            .formatted(name, operator));
  }
}
