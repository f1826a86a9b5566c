package kerf.quantization;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.convolutional.Convolution;
import ai.djl.nn.core.Linear;
import ai.djl.nn.recurrent.LSTM;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kerf.model.Network;
import kerf.model.ParameterSpec;
import kerf.model.Structure;
import kerf.trace.Binding;
import kerf.trace.Graph;
import kerf.trace.Input;
import kerf.trace.Node;
import kerf.trace.OwnOperator;

/**
 * A layer of a network that cannot be traced: its weights are known, what it reads and computes is
 * not. Enough for rounding weights alone, where the network's own block computes.
 *
 * @param kind the layer's; none for kinds that plans have no name for, such as an embedding
 * @param weights the layer's weights of two or more dimensions
 */
record Untraced(Optional<LayerKind> kind, List<String> weights) implements OwnOperator {
  /**
   * The graph of a network; where it cannot be traced and weights alone are quantized, its layers
   * with weights side by side, which nobody can run. Stays in this room.
   */
  static Graph graph(Network network, Mode mode) {
    return mode == Mode.WEIGHT_ONLY
        ? Graph.ifTraceable(network).orElseGet(() -> layers(network.architecture().structure()))
        : Graph.of(network);
  }

  private static Graph layers(Structure structure) {
    Map<String, List<String>> weights = new LinkedHashMap<>();
    structure
        .prunable()
        .values()
        .forEach(
            spec ->
                weights.computeIfAbsent(spec.layer(), layer -> new ArrayList<>()).add(spec.name()));
    Shape shape = new Shape(structure.inputShape());
    List<Node> nodes = new ArrayList<>();
    nodes.add(new Node("input", new Input(shape), List.of(), shape));
    weights.forEach(
        (layer, names) -> {
          Block owner = owner(structure.block(), structure.parameter(names.get(0))).orElseThrow();
          nodes.add(new Node(layer, new Untraced(kind(owner), names), List.of("input"), shape));
        });
    return new Graph(nodes, nodes.get(nodes.size() - 1).name(), structure.parameters());
  }

  private static Optional<Block> owner(Block block, Parameter parameter) {
    return block.getDirectParameters().values().contains(parameter)
        ? Optional.of(block)
        : block.getChildren().values().stream()
            .flatMap(child -> owner(child, parameter).stream())
            .findFirst();
  }

  private static Optional<LayerKind> kind(Block layer) {
    if (layer instanceof Convolution) {
      return Optional.of(LayerKind.CONVOLUTION);
    }
    if (layer instanceof Linear) {
      return Optional.of(LayerKind.LINEAR);
    }
    return layer instanceof LSTM ? Optional.of(LayerKind.RECURRENT) : Optional.empty();
  }

  /** What a result says of a network that could not be traced: that nothing was folded. */
  static String note(Graph layers) {
    List<String> normalizations =
        layers.parameters().stream()
            .filter(spec -> spec.role() == ParameterSpec.Role.RUNNING_MEAN)
            .map(ParameterSpec::layer)
            .toList();
    boolean untraced = layers.nodes().stream().anyMatch(n -> n.operator() instanceof Untraced);
    return untraced && !normalizations.isEmpty()
        ? "; not folded, since the network cannot be traced: " + String.join(", ", normalizations)
        : "";
  }

  @Override
  public String word() {
    return "untraced";
  }

  @Override
  public List<String> parameters() {
    return weights;
  }

  @Override
  public NDArray run(List<NDArray> inputs, Binding binding) {
    throw new IllegalStateException("what an untraced layer computes, its own block knows alone");
  }

  @Override
  public String toString() {
    return kind.map(LayerKind::toString).orElse("another kind of layer") + ", not traced";
  }
}
