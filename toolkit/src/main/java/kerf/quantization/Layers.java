package kerf.quantization;

import java.util.List;
import java.util.Optional;
import kerf.scheme.IntegerFormat;
import kerf.trace.Activation;
import kerf.trace.Clip;
import kerf.trace.Convolution;
import kerf.trace.Dropout;
import kerf.trace.Flatten;
import kerf.trace.GlobalPooling;
import kerf.trace.Graph;
import kerf.trace.Linear;
import kerf.trace.Lstm;
import kerf.trace.Node;
import kerf.trace.Operator;
import kerf.trace.Pooling;
import kerf.trace.Reshape;
import kerf.trace.Select;
import kerf.trace.Transpose;

/** What quantization has to know of operators. */
final class Layers {
  private static final int FEW_CHANNELS = 4;

  private Layers() {}

  static Operator biased(Operator layer, String bias) {
    if (layer instanceof Convolution conv) {
      return new Convolution(
          conv.weight(),
          Optional.of(bias),
          conv.inputs(),
          conv.outputs(),
          conv.kernel(),
          conv.stride(),
          conv.padding(),
          conv.dilation(),
          conv.groups());
    }
    Linear linear = (Linear) layer;
    return new Linear(linear.weight(), Optional.of(bias), linear.inputs(), linear.outputs());
  }

  /** The layer with an input that is rounded as it comes. */
  static DynamicLayer dynamic(Operator layer, IntegerFormat input) {
    return layer instanceof Lstm lstm
        ? new DynamicLstm(lstm, input)
        : new DynamicLinear((Linear) layer, input);
  }

  /** Layers whose product with an input can be computed in integers. */
  static boolean multiplies(Operator operator) {
    return operator instanceof Convolution || operator instanceof Linear;
  }

  static Optional<String> bias(Operator layer) {
    return layer instanceof Convolution conv
        ? conv.bias()
        : layer instanceof Linear linear ? linear.bias() : Optional.empty();
  }

  /** Whether an operator passes on values of its input and computes no new ones. */
  static boolean passesOn(Operator operator) {
    return operator instanceof Flatten
        || operator instanceof Reshape
        || operator instanceof Transpose
        || operator instanceof Select
        || operator instanceof Dropout
        || operator instanceof Pooling pooling && pooling.kind() == Pooling.Kind.MAXIMUM
        || operator instanceof GlobalPooling global && global.kind() == Pooling.Kind.MAXIMUM;
  }

  /** Whether an operator is the end of a layer that computes in integers: it only clips. */
  static boolean clips(Operator operator) {
    return operator instanceof Clip
        || operator instanceof Activation activation && activation.function().zeroes();
  }

  static boolean normalizesScores(Operator operator) {
    return operator instanceof Activation activation
        && (activation.function() == Activation.Function.SOFTMAX
            || activation.function() == Activation.Function.LOG_SOFTMAX);
  }

  /** A first convolution that sees few channels: nothing is gained by integers there. */
  static boolean narrowStart(Graph graph, Node node) {
    return node.operator() instanceof Convolution conv
        && conv.inputs() < FEW_CHANNELS
        && Points.source(graph, node.inputs().get(0)).equals(graph.input().name());
  }

  static List<Node> with(Graph graph, String weight) {
    return graph.nodes().stream().filter(n -> n.operator().weights().contains(weight)).toList();
  }
}
