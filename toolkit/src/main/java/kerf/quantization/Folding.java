package kerf.quantization;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerf.model.Architecture;
import kerf.model.Network;
import kerf.model.ParameterSpec;
import kerf.trace.Activation;
import kerf.trace.BatchNorm;
import kerf.trace.Convolution;
import kerf.trace.Graph;
import kerf.trace.GraphArchitecture;
import kerf.trace.Linear;
import kerf.trace.Node;
import kerf.trace.Operator;

/**
 * Folds batch normalization into the layer before it: {@code w' = w * gamma / sqrt(variance +
 * epsilon)} for each output channel, {@code b' = (b - mean) * gamma / sqrt(variance + epsilon) +
 * beta}. Jacob et al. 2018, section 3.2; bit for bit {@code torch.nn.utils.fuse_conv_bn_eval} and
 * {@code fuse_linear_bn_eval}.
 *
 * <p>Folded is a normalization that reads a convolution or a linear layer which nothing else reads
 * and whose weights no other node has. Any other stays, and one whose sign is taken.
 */
public final class Folding {
  private static final String PREFIX = "folded ";

  private Graph graph;
  private final Map<String, float[]> values = new LinkedHashMap<>();

  private Folding(Graph graph, Network network) {
    this.graph = graph;
    for (ParameterSpec spec : graph.parameters()) {
      values.put(spec.name(), network.values(spec.name()));
    }
  }

  /**
   * Folds.
   *
   * @param network any network; left as it is
   * @return a network of a graph, with the same mask, that computes the same in inference; layers
   *     keep their names, and one that had no bias gets one ({@code conv1.bias})
   * @throws IllegalArgumentException if the network cannot be traced, or is quantized
   */
  public static Network fold(Network network) {
    network.requireFree();
    Folding folding = new Folding(Graph.of(network), network);
    for (Node node : folding.graph.nodes()) {
      if (node.operator() instanceof BatchNorm norm && folding.folds(node)) {
        folding.fold(folding.graph.node(node.name()), norm);
      }
    }
    return new Network(
            folding.graph.architecture(
                PREFIX + base(network.architecture()), network.architecture().initialization()),
            folding.values)
        .masked(network.mask());
  }

  /**
   * Folds what can be traced. Weights alone are rounded without a graph: a network that has none
   * stays as it is.
   */
  static Network fold(Network network, Mode mode) {
    network.requireFree();
    boolean asItIs = mode == Mode.WEIGHT_ONLY && Graph.ifTraceable(network).isEmpty();
    return asItIs ? network : fold(network);
  }

  /** What a folded network's architecture was called before. */
  static String base(Architecture architecture) {
    String name =
        architecture instanceof GraphArchitecture graph ? graph.name() : architecture.describe();
    return name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
  }

  private boolean folds(Node norm) {
    Node layer = graph.node(graph.node(norm.name()).inputs().get(0));
    Operator operator = layer.operator();
    boolean channelsMatch =
        operator instanceof Convolution
            || operator instanceof Linear && layer.shape().dimension() == 1;
    return channelsMatch
        && graph.readers(norm.name()).stream().noneMatch(Folding::signs)
        && graph.readers(layer.name()).size() == 1
        && !graph.output().equals(layer.name())
        && users(operator.weights().get(0)) == 1;
  }

  /** Where a sign is taken the least rounding counts: the two must stay as they were trained. */
  private static boolean signs(Node reader) {
    return reader.operator() instanceof Activation activation
        && activation.function() == Activation.Function.SIGN;
  }

  private long users(String weight) {
    return graph.nodes().stream().filter(n -> n.operator().weights().contains(weight)).count();
  }

  private void fold(Node node, BatchNorm norm) {
    Node layer = graph.node(node.inputs().get(0));
    String weight = layer.operator().weights().get(0);
    List<String> parameters = layer.operator().parameters();
    String bias =
        parameters.size() > 1 ? parameters.get(1) : graph.parameter(weight).layer() + ".bias";
    float[] weights = values.get(weight);
    float[] gamma = values.get(norm.scale());
    float[] beta = values.get(norm.shift());
    float[] mean = values.get(norm.runningMean());
    float[] variance = values.get(norm.runningVariance());
    float[] before = values.getOrDefault(bias, new float[gamma.length]);
    float[] folded = new float[weights.length];
    float[] shifts = new float[gamma.length];
    int each = weights.length / gamma.length;
    boolean linear = layer.operator() instanceof Linear;
    for (int channel = 0; channel < gamma.length; channel++) {
      // In floats and in PyTorch's order: a largest weight often sits on the edge between two
      // integers, where the last bit decides.
      float inverse = 1f / (float) Math.sqrt(variance[channel] + norm.epsilon());
      float factor = gamma[channel] * inverse;
      for (int i = channel * each; i < (channel + 1) * each; i++) {
        folded[i] = weights[i] * factor;
      }
      float centered = before[channel] - mean[channel];
      shifts[channel] =
          (linear ? centered * factor : centered * inverse * gamma[channel]) + beta[channel];
    }
    rewrite(layer, node, bias, shifts.length);
    norm.parameters().forEach(values::remove);
    values.put(weight, folded);
    values.put(bias, shifts);
  }

  private void rewrite(Node layer, Node norm, String bias, int channels) {
    if (layer.operator().parameters().size() == 1) {
      String name = graph.parameter(layer.operator().weights().get(0)).layer();
      ParameterSpec spec = new ParameterSpec(bias, name, ParameterSpec.Role.BIAS, channels);
      graph = graph.replaced(layer.name(), Layers.biased(layer.operator(), bias), spec);
    }
    graph = graph.without(norm.name());
  }
}
