package kerf.trace;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import kerf.model.NamedParameters;
import kerf.model.ParameterSpec;
import kerf.random.RandomStream;
import kerf.tensor.Scope;

/**
 * A graph as a DJL block: runs operator by operator, in training and in inference, and holds no
 * values of its own.
 */
public final class GraphBlock extends AbstractBlock implements NamedParameters {
  private final Graph graph;
  private final Tap tap;
  private final Map<ParameterSpec, Parameter> named = new LinkedHashMap<>();
  private final Map<String, Parameter> byName = new LinkedHashMap<>();

  /**
   * Makes a block.
   *
   * @param graph what it computes
   */
  public GraphBlock(Graph graph) {
    this(graph, Tap.NONE);
  }

  /**
   * Makes a block that lets a tap see, or replace, the output of every node, such as by fake
   * quantization.
   *
   * @param graph what it computes
   * @param tap called by whichever thread runs the block
   */
  public GraphBlock(Graph graph, Tap tap) {
    this.graph = graph;
    this.tap = tap;
    for (ParameterSpec spec : graph.parameters()) {
      Parameter parameter =
          addParameter(
              Parameter.builder()
                  .setName(spec.name())
                  .setType(spec.role().type())
                  .optShape(new Shape(spec.shape()))
                  .optRequiresGrad(spec.role().trained())
                  .build());
      named.put(spec, parameter);
      byName.put(spec.name(), parameter);
    }
  }

  /**
   * Gives the graph.
   *
   * @return what the block computes, the tap apart
   */
  public Graph graph() {
    return graph;
  }

  /**
   * Gives the tap.
   *
   * @return what sees the outputs of nodes
   */
  public Tap tap() {
    return tap;
  }

  @Override
  public Map<ParameterSpec, Parameter> namedParameters() {
    return named;
  }

  @Override
  public Map<String, String> convolutions() {
    Map<String, String> convolutions = new LinkedHashMap<>();
    for (Node node : graph.nodes()) {
      if (node.operator().inner() instanceof Convolution convolution) {
        String normalization = "";
        List<Node> readers = graph.readers(node.name());
        if (readers.size() == 1 && readers.get(0).operator().inner() instanceof BatchNorm bn) {
          normalization = graph.parameter(bn.scale()).layer();
        }
        convolutions.put(graph.parameter(convolution.weight()).layer(), normalization);
      }
    }
    return convolutions;
  }

  /** Always: its shapes are known, and its values are passed to it. */
  @Override
  public boolean isInitialized() {
    return true;
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray input = inputs.singletonOrThrow();
    return new NDList(graph.run(input, new Stored(store, input, training), tap));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    Shape output = graph.node(graph.output()).shape();
    return new Shape[] {new Shape(inputShapes[0].get(0)).addAll(output)};
  }

  /** Blocks of one graph that is tapped in the same way are equal. */
  @Override
  public boolean equals(Object other) {
    return other instanceof GraphBlock block && graph.equals(block.graph) && tap.equals(block.tap);
  }

  @Override
  public int hashCode() {
    return Objects.hash(graph, tap);
  }

  /** The values that a store hands out. */
  private final class Stored implements Binding {
    private final ParameterStore store;
    private final NDArray input;
    private final boolean training;

    Stored(ParameterStore store, NDArray input, boolean training) {
      this.store = store;
      this.input = input;
      this.training = training;
    }

    @Override
    public NDArray array(String parameter) {
      return store.getValue(byName.get(parameter), input.getDevice(), training);
    }

    @Override
    public RandomStream dropout() {
      return Scope.dropoutStream(store);
    }

    @Override
    public boolean training() {
      return training;
    }
  }
}
