package kerf.repair;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kerf.quantization.QuantizedGraph;
import kerf.quantization.WeightForm;
import kerf.trace.Activation;
import kerf.trace.Dropout;
import kerf.trace.Flatten;
import kerf.trace.GlobalPooling;
import kerf.trace.Graph;
import kerf.trace.Node;
import kerf.trace.Operator;
import kerf.trace.Pooling;

/**
 * Shifts biases by what rounding adds to a filter's mean output, {@code b' = b - sum(epsilon E[x])}
 * with {@code epsilon = rounded w - w}, where E[x] follows from batch normalization alone: Nagel et
 * al. 2019, equations 17 to 19. No data is looked at; zeros of padding are not accounted for.
 */
final class AnalyticCorrection {
  private final QuantizedGraph quantized;
  private final Graph graph;
  private final Map<String, Moments> moments;

  AnalyticCorrection(QuantizedGraph quantized, Map<String, Moments> moments) {
    this.quantized = quantized;
    this.graph = quantized.graph();
    this.moments = moments;
  }

  /** The quantized graph with other biases; into the notes, what was done to each layer. */
  QuantizedGraph corrected(Map<String, String> notes) {
    Map<String, float[]> values = Lanes.values(quantized.network(), graph);
    for (Node node : graph.nodes()) {
      Optional<Layer> layer = Layer.of(node);
      if (layer.isPresent() && quantized.forms().containsKey(layer.get().weight())) {
        Optional<double[]> means = means(node.inputs().get(0));
        if (layer.get().bias().isEmpty()) {
          notes.put(node.name(), "no bias");
        } else if (means.isEmpty()) {
          notes.put(node.name(), "its inputs' means do not follow from batch normalization");
        } else {
          notes.put(node.name(), correct(layer.get(), means.get(), values));
        }
      }
    }
    return new QuantizedGraph(
        quantized.network().revalued(values),
        quantized.mode(),
        quantized.forms(),
        quantized.points());
  }

  private String correct(Layer layer, double[] means, Map<String, float[]> values) {
    float[] exact = values.get(layer.weight());
    WeightForm form = quantized.forms().get(layer.weight());
    float[] rounded = form.rounded(exact, graph.parameter(layer.weight()).shape());
    double[] shifts = new double[layer.outputs()];
    for (int i = 0; i < exact.length; i++) {
      shifts[layer.output(i)] += ((double) rounded[i] - exact[i]) * means[layer.input(i)];
    }
    float[] bias = values.get(layer.bias().orElseThrow()).clone();
    for (int o = 0; o < bias.length; o++) {
      bias[o] = (float) (bias[o] - shifts[o]);
    }
    values.put(layer.bias().orElseThrow(), bias);
    double largest = Arrays.stream(shifts).map(Math::abs).max().orElse(0);
    return "biases shifted by up to %.3g".formatted(largest);
  }

  /** The mean of each channel that a node gives out, if it follows from batch normalization. */
  private Optional<double[]> means(String name) {
    List<Node> way = new ArrayList<>();
    Node at = graph.node(name);
    while (Layer.of(at).isEmpty()) {
      if (!keepsMeans(at.operator()) || at.inputs().size() != 1) {
        return Optional.empty();
      }
      way.add(0, at);
      at = graph.node(at.inputs().get(0));
    }
    Moments own = moments.get(at.name());
    if (own == null) {
      return Optional.empty();
    }
    double[] means = own.means();
    Node before = at;
    for (Node node : way) {
      if (rectifies(node.operator())) {
        if (before != at) {
          return Optional.empty();
        }
        means = own.rectifiedMeans();
      } else if (node.operator() instanceof Flatten) {
        means = repeated(means, Math.toIntExact(before.shape().size() / before.shape().get(0)));
      }
      before = node;
    }
    return Optional.of(means);
  }

  private static boolean rectifies(Operator operator) {
    return operator instanceof Activation activation
        && activation.function() == Activation.Function.RELU;
  }

  private static boolean keepsMeans(Operator operator) {
    return rectifies(operator)
        || operator instanceof Flatten
        || operator instanceof Dropout
        || operator instanceof Pooling pooling && pooling.kind() == Pooling.Kind.AVERAGE
        || operator instanceof GlobalPooling global && global.kind() == Pooling.Kind.AVERAGE;
  }

  private static double[] repeated(double[] values, int times) {
    double[] repeated = new double[values.length * times];
    for (int i = 0; i < repeated.length; i++) {
      repeated[i] = values[i / times];
    }
    return repeated;
  }
}
