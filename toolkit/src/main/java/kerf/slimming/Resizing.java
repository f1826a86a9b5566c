package kerf.slimming;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kerf.model.ParameterSpec;
import kerf.trace.BatchNorm;
import kerf.trace.Convolution;
import kerf.trace.Graph;
import kerf.trace.Linear;
import kerf.trace.Node;
import kerf.trace.Operator;

/**
 * A graph whose parameters have other sizes. Everything else follows from these: a convolution has
 * as many groups as its filters' depth goes into the channels it is given.
 */
final class Resizing {
  private final Graph original;
  private final Map<String, long[]> sizes;

  /**
   * Plans a change.
   *
   * @param original the graph
   * @param sizes the new shapes of parameters by name; others keep theirs
   */
  Resizing(Graph original, Map<String, long[]> sizes) {
    this.original = original;
    this.sizes = sizes;
  }

  private long[] size(String parameter) {
    long[] size = sizes.get(parameter);
    return size == null ? original.parameter(parameter).shape() : size;
  }

  /** The graph after the change, all names as they were. */
  Graph graph() {
    Map<String, Shape> shapes = new HashMap<>();
    List<Node> nodes = new ArrayList<>();
    for (Node node : original.nodes()) {
      List<Shape> inputs = node.inputs().stream().map(shapes::get).toList();
      Operator operator = resized(node.operator(), inputs);
      Shape shape = operator.outputShape(inputs);
      shapes.put(node.name(), shape);
      nodes.add(new Node(node.name(), operator, node.inputs(), shape));
    }
    List<ParameterSpec> parameters =
        original.parameters().stream()
            .map(
                spec ->
                    new ParameterSpec(
                        spec.name(), spec.layer(), spec.role(), size(spec.name()).clone()))
            .toList();
    return new Graph(nodes, original.output(), parameters);
  }

  private Operator resized(Operator operator, List<Shape> inputs) {
    if (operator instanceof Linear linear) {
      long[] size = size(linear.weight());
      return new Linear(linear.weight(), linear.bias(), size[1], size[0]);
    } else if (operator instanceof Convolution convolution) {
      long[] size = size(convolution.weight());
      long channels = inputs.get(0).get(0);
      return new Convolution(
          convolution.weight(),
          convolution.bias(),
          channels,
          size[0],
          convolution.kernel(),
          convolution.stride(),
          convolution.padding(),
          convolution.dilation(),
          Math.toIntExact(channels / size[1]));
    } else if (operator instanceof BatchNorm bn) {
      return new BatchNorm(
          bn.scale(),
          bn.shift(),
          bn.runningMean(),
          bn.runningVariance(),
          size(bn.scale())[0],
          bn.epsilon(),
          bn.momentum());
    }
    return operator;
  }
}
