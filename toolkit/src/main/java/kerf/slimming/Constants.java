package kerf.slimming;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import kerf.model.Network;
import kerf.random.RandomStream;
import kerf.tensor.Scope;
import kerf.trace.Activation;
import kerf.trace.Add;
import kerf.trace.BatchNorm;
import kerf.trace.Binding;
import kerf.trace.Clip;
import kerf.trace.Concatenation;
import kerf.trace.Convolution;
import kerf.trace.Dropout;
import kerf.trace.Flatten;
import kerf.trace.GlobalPooling;
import kerf.trace.Linear;
import kerf.trace.Multiply;
import kerf.trace.Node;
import kerf.trace.Operator;
import kerf.trace.Pooling;
import kerf.trace.Reshape;
import kerf.trace.Select;
import kerf.trace.Transpose;

/**
 * The channels of a masked network that are one number whatever its input is, and which: what is
 * left of filters and neurons that the mask has cut off from the input. Inference, not training.
 */
final class Constants {
  /** What a nonlinearity runs with: it has no parameters and draws nothing. */
  private static final Binding PARAMETERLESS =
      new Binding() {
        @Override
        public NDArray array(String parameter) {
          throw new IllegalArgumentException(
              "a nonlinearity has no parameters, asked " + parameter);
        }

        @Override
        public RandomStream dropout() {
          throw new IllegalStateException("a nonlinearity draws nothing");
        }

        @Override
        public boolean training() {
          return false;
        }
      };

  private final Wiring wiring;
  private final Network network;
  private final Map<String, Connections> connections;
  private final Map<String, double[]> values = new HashMap<>();

  Constants(Wiring wiring, Network network, Map<String, Connections> connections) {
    this.wiring = wiring;
    this.network = network;
    this.connections = connections;
    for (Node node : wiring.graph().nodes()) {
      values.put(node.name(), of(node));
    }
  }

  /**
   * A number for each channel of a node's output, NaN where it is not constant; not to be changed.
   */
  double[] of(String node) {
    return values.get(node);
  }

  private double[] of(Node node) {
    Operator operator = node.operator();
    if (connections.containsKey(node.name())) {
      return layer(connections.get(node.name()), bias(operator));
    } else if (operator instanceof BatchNorm normalization) {
      return normalized(input(node, 1), normalization);
    } else if (operator instanceof Activation || operator instanceof Clip) {
      return activated(node);
    } else if (operator instanceof Pooling pooling) {
      return pooled(input(node, 1), pooling);
    } else if (operator instanceof GlobalPooling) {
      return input(node, 1);
    } else if (operator instanceof Dropout || operator instanceof Transpose) {
      return input(node);
    } else if (operator instanceof Add) {
      return joined(node, Double::sum);
    } else if (operator instanceof Multiply) {
      return joined(node, (one, other) -> one == 0 || other == 0 ? 0 : one * other);
    } else if (operator instanceof Concatenation concatenation) {
      return concatenation.axis() == wiring.axis(node.inputs().get(0))
          ? beside(node)
          : joined(node, Constants::same);
    } else if (operator instanceof Flatten) {
      return flattened(node);
    } else if (operator instanceof Reshape reshape) {
      return reshaped(flattened(node), Math.toIntExact(reshape.rest().size()));
    } else if (operator instanceof Select select
        && select.axis() != wiring.axis(node.inputs().get(0))) {
      return input(node);
    }
    return unknown(node);
  }

  private Optional<String> bias(Operator operator) {
    return operator instanceof Convolution convolution
        ? convolution.bias()
        : ((Linear) operator).bias();
  }

  private double[] layer(Connections layer, Optional<String> bias) {
    double[] inputs = input(layer.node(), wiring.axis(layer.node().name()));
    float[] biases = bias.map(network::values).orElse(new float[layer.outputs()]);
    BitSet alive = new BitSet(layer.outputs());
    boolean any = false;
    for (int i = 0; i < layer.inputs(); i++) {
      boolean constant = inputs[i] == 0 || !Double.isNaN(inputs[i]) && !layer.padded();
      if (!constant) {
        alive.or(layer.readers(i));
      }
      any |= constant && inputs[i] != 0;
    }
    double[] outputs = new double[layer.outputs()];
    for (int o = 0; o < outputs.length; o++) {
      outputs[o] = alive.get(o) ? Double.NaN : biases[o];
    }
    if (any) {
      add(layer, inputs, outputs);
    }
    return outputs;
  }

  /** What constant inputs add to the outputs that read nothing else. */
  private void add(Connections layer, double[] inputs, double[] outputs) {
    float[] weights = network.values(layer.node().operator().weights().get(0));
    for (int i = 0; i < inputs.length; i++) {
      if (!Double.isNaN(inputs[i]) && inputs[i] != 0) {
        for (int o : layer.readers(i).stream().toArray()) {
          outputs[o] += inputs[i] * layer.sum(weights, o, i);
        }
      }
    }
  }

  private double[] normalized(double[] inputs, BatchNorm normalization) {
    float[] scale = network.values(normalization.scale());
    float[] shift = network.values(normalization.shift());
    float[] mean = network.values(normalization.runningMean());
    float[] variance = network.values(normalization.runningVariance());
    double[] outputs = new double[inputs.length];
    for (int c = 0; c < outputs.length; c++) {
      double sigma = Math.sqrt(variance[c] + (double) normalization.epsilon());
      outputs[c] = (inputs[c] - mean[c]) / sigma * scale[c] + shift[c];
    }
    return outputs;
  }

  /** The engine's own nonlinearity, on a vector in which what is not constant is no number. */
  private double[] activated(Node node) {
    double[] inputs = input(node);
    if (Arrays.stream(inputs).allMatch(Double::isNaN) || across(node.operator())) {
      return unknown(node);
    }
    float[] numbers = new float[inputs.length];
    for (int c = 0; c < numbers.length; c++) {
      numbers[c] = (float) inputs[c];
    }
    double[] outputs = new double[inputs.length];
    try (Scope scope = Scope.open()) {
      NDArray vector = scope.tensor(numbers, 1, numbers.length);
      float[] results = Scope.floats(node.operator().run(List.of(vector), PARAMETERLESS));
      for (int c = 0; c < outputs.length; c++) {
        outputs[c] = Double.isNaN(inputs[c]) ? Double.NaN : results[c];
      }
    }
    return outputs;
  }

  private static boolean across(Operator operator) {
    return operator instanceof Activation activation
        && switch (activation.function()) {
          case SOFTMAX, LOG_SOFTMAX -> true;
          default -> false;
        };
  }

  private static double[] pooled(double[] inputs, Pooling pooling) {
    boolean zeros =
        pooling.kind() == Pooling.Kind.AVERAGE
            && pooling.countPadding()
            && Arrays.stream(pooling.padding().getShape()).anyMatch(length -> length > 0);
    return Arrays.stream(inputs).map(k -> zeros && k != 0 ? Double.NaN : k).toArray();
  }

  private double[] joined(Node node, DoubleBinaryOperator operator) {
    int axis = wiring.axis(node.name());
    double[] outputs = input(node, axis).clone();
    for (String other : node.inputs().subList(1, node.inputs().size())) {
      double[] more = wiring.axis(other) == axis ? of(other) : unknown(node);
      for (int c = 0; c < outputs.length; c++) {
        outputs[c] = operator.applyAsDouble(outputs[c], more[c]);
      }
    }
    return outputs;
  }

  private static double same(double one, double other) {
    return one == other ? one : Double.NaN;
  }

  private double[] beside(Node node) {
    int axis = wiring.axis(node.name());
    boolean fits = node.inputs().stream().allMatch(input -> wiring.axis(input) == axis);
    return fits
        ? node.inputs().stream().flatMapToDouble(input -> Arrays.stream(of(input))).toArray()
        : unknown(node);
  }

  private double[] flattened(Node node) {
    double[] inputs = input(node, 1);
    double[] outputs = new double[Math.toIntExact(node.shape().size())];
    for (int i = 0; i < outputs.length; i++) {
      outputs[i] = inputs[i / (outputs.length / inputs.length)];
    }
    return outputs;
  }

  private static double[] reshaped(double[] row, int each) {
    double[] outputs = new double[row.length / each];
    for (int i = 0; i < row.length; i++) {
      outputs[i / each] = i % each == 0 ? row[i] : same(outputs[i / each], row[i]);
    }
    return outputs;
  }

  private double[] unknown(Node node) {
    double[] unknown = new double[wiring.outputs(node.name()).length];
    Arrays.fill(unknown, Double.NaN);
    return unknown;
  }

  private double[] input(Node node) {
    return of(node.inputs().get(0));
  }

  /** The first input; if its channels do not lie along that axis, nothing is known of them. */
  private double[] input(Node node, int axis) {
    Node source = wiring.graph().node(node.inputs().get(0));
    if (wiring.axis(source.name()) == axis) {
      return of(source.name());
    }
    double[] unknown = new double[Math.toIntExact(source.shape().get(axis - 1))];
    Arrays.fill(unknown, Double.NaN);
    return unknown;
  }
}
