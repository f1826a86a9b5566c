package kerf.trace;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kerf.argument.Argument;
import kerf.argument.Names;
import kerf.display.Bundle;
import kerf.display.Shown;
import kerf.model.Architecture;
import kerf.model.Initialization;
import kerf.model.Network;
import kerf.model.ParameterSpec;
import kerf.model.Structure;
import kerf.table.Rows;
import kerf.table.TableHtml;
import kerf.table.TableText;
import tech.tablesaw.api.Table;

/**
 * What a network computes: operators in the order in which they run.
 *
 * @param nodes the operators; the first is the input, and each comes after those it reads
 * @param output the name of the node whose output is the network's
 * @param parameters the parameters in the structure's order, with their shapes
 */
public record Graph(List<Node> nodes, String output, List<ParameterSpec> parameters)
    implements Shown {

  /**
   * Copies the lists and checks that the graph is whole.
   *
   * @param nodes the operators; the first is the input, and each comes after those it reads
   * @param output the name of the node whose output is the network's
   * @param parameters the parameters in the structure's order, with their shapes
   * @throws IllegalArgumentException if a node reads one that does not come before it
   */
  public Graph {
    nodes = List.copyOf(nodes);
    parameters = List.copyOf(parameters);
    List<String> before = new ArrayList<>();
    for (Node node : nodes) {
      if (!before.containsAll(node.inputs()) || before.contains(node.name())) {
        throw new IllegalArgumentException(
            "a node has a name of its own and reads nodes before it, found %s after %s"
                .formatted(node, String.join(", ", before)));
      }
      before.add(node.name());
    }
    if (!before.contains(output)) {
      throw new IllegalArgumentException(
          "the output must be one of %s, found %s".formatted(String.join(", ", before), output));
    }
  }

  /**
   * Records what a network computes.
   *
   * @param network any network
   * @return its graph
   * @throws IllegalArgumentException if its block calls an operator that a graph does not know, or
   *     looks at values; the message names the operator and the line that calls it
   */
  public static Graph of(Network network) {
    Argument.require("network", network);
    return of(network.architecture());
  }

  /**
   * Records what networks of an architecture compute.
   *
   * @param architecture any architecture
   * @return their graph
   * @throws IllegalArgumentException as {@link #of(Network)}
   */
  public static Graph of(Architecture architecture) {
    Argument.require("architecture", architecture);
    return of(architecture.structure());
  }

  /**
   * Records what a block computes.
   *
   * @param structure the block with its names
   * @return its graph
   * @throws IllegalArgumentException as {@link #of(Network)}
   */
  public static Graph of(Structure structure) {
    Argument.require("structure", structure);
    return structure.block() instanceof GraphBlock block ? block.graph() : Tracer.trace(structure);
  }

  /**
   * Records what a network computes, for whoever can do without.
   *
   * @param network any network
   * @return its graph; empty where {@link #of(Network)} refuses
   */
  public static Optional<Graph> ifTraceable(Network network) {
    Argument.require("network", network);
    try {
      return Optional.of(of(network));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * Makes an architecture of networks that run this graph.
   *
   * @param name what people call it, such as {@code slim lenet5}
   * @param initialization how weights start when a network is initialized anew
   * @return the architecture; its parameters are the graph's, under the same names
   */
  public GraphArchitecture architecture(String name, Initialization initialization) {
    Argument.require("name", name);
    Argument.require("initialization", initialization);
    return new GraphArchitecture(name, initialization, new GraphBlock(this));
  }

  /**
   * Finds a node.
   *
   * @param name its name, such as {@code conv1}
   * @return the node
   * @throws IllegalArgumentException if there is none of that name
   */
  public Node node(String name) {
    Argument.require("name", name);
    return nodes.stream()
        .filter(node -> node.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no node '%s' in the graph; it has %s"
                        .formatted(
                            name, Names.listed(name, nodes.stream().map(Node::name).toList()))));
  }

  /**
   * Gives the input.
   *
   * @return the first node
   */
  public Node input() {
    return nodes.get(0);
  }

  /**
   * Lists the nodes that read a node.
   *
   * @param name the name of the node that is read
   * @return in the order of the graph
   */
  public List<Node> readers(String name) {
    Argument.require("name", name);
    return nodes.stream().filter(node -> node.inputs().contains(name)).toList();
  }

  /**
   * Finds a parameter.
   *
   * @param name its name, such as {@code conv1.weight}
   * @return its layer, role and shape
   * @throws IllegalArgumentException if there is none of that name
   */
  public ParameterSpec parameter(String name) {
    Argument.require("name", name);
    return parameters.stream()
        .filter(spec -> spec.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no parameter '%s' in the graph; it has %s"
                        .formatted(
                            name,
                            Names.listed(
                                name, parameters.stream().map(ParameterSpec::name).toList()))));
  }

  /**
   * Counts the multiplications, each with an addition, of convolutions, linear and recurrent layers
   * for one sample.
   *
   * @return the dense count, whatever is pruned
   */
  public long macs() {
    return nodes.stream().mapToLong(Node::macs).sum();
  }

  /**
   * Counts how often each weight multiplies something for one sample; times the weights that a mask
   * keeps, these are the effective multiplications.
   *
   * @return the count for each element of a weight, by the weight's name such as {@code
   *     conv1.weight}, in the order of the graph
   */
  public Map<String, Long> positions() {
    Map<String, Long> positions = new LinkedHashMap<>();
    for (Node node : nodes) {
      for (String weight : node.operator().weights()) {
        positions.merge(weight, node.positions(), Long::sum);
      }
    }
    return positions;
  }

  /**
   * Gives parameters other shapes, such as fewer channels; operators and outputs follow.
   *
   * @param shapes the new shapes by parameter name; the others stay
   * @return a graph of the same operators
   * @throws IllegalArgumentException if the shapes do not fit each other; the message names the
   *     node that cannot take its input
   */
  public Graph resized(Map<String, long[]> shapes) {
    Argument.require("shapes", shapes);
    return Rewriting.resized(this, shapes);
  }

  /**
   * Removes a node: whatever reads it reads its first input. Parameters that no other node has go
   * with it.
   *
   * @param name the node's name, such as {@code bn1}
   * @return a graph without the node
   */
  public Graph without(String name) {
    Argument.require("name", name);
    return Rewriting.without(this, name);
  }

  /**
   * Puts an operator behind a node: whatever read the node reads the operator.
   *
   * @param after the name of the node that the operator reads
   * @param name the name of the new node, such as {@code fakequantize1}
   * @param operator an operator of one input
   * @param added the operator's parameters, if it has any
   * @return a graph with the node
   */
  public Graph inserted(String after, String name, Operator operator, ParameterSpec... added) {
    Argument.require("after", after);
    Argument.require("name", name);
    Argument.require("operator", operator);
    Argument.require("added", added);
    Node node = new Node(name, operator, List.of(after), node(after).shape());
    return Rewriting.inserted(this, after, node, List.of(added));
  }

  /**
   * Puts an operator in place of a node's. Parameters that no node has any more go.
   *
   * @param name the node's name
   * @param operator takes the same inputs
   * @param added those of the operator's parameters that the graph does not have yet
   * @return a graph with that operator
   */
  public Graph replaced(String name, Operator operator, ParameterSpec... added) {
    Argument.require("name", name);
    Argument.require("operator", operator);
    Argument.require("added", added);
    return Rewriting.replaced(this, name, operator, List.of(added));
  }

  /**
   * Computes the output of a batch.
   *
   * @param input a batch, the batch as axis 0
   * @param binding values for the parameters
   * @param tap sees the output of every node, and may replace it
   * @return the output of the node {@link #output}
   */
  public NDArray run(NDArray input, Binding binding, Tap tap) {
    Map<String, NDArray> outputs = new HashMap<>();
    for (Node node : nodes) {
      List<NDArray> inputs = node.inputs().stream().map(outputs::get).toList();
      NDArray own = inputs.isEmpty() ? shaped(input) : node.operator().run(inputs, binding);
      outputs.put(node.name(), tap.pass(node, own, binding.training()));
    }
    return outputs.get(output);
  }

  /** Images for a network that takes them flat: its block would flatten them, so the graph does. */
  private NDArray shaped(NDArray input) {
    Shape own = input().shape();
    Shape given = input.getShape();
    boolean flat = own.dimension() == 1 && given.dimension() > 2;
    return flat && given.size() == given.get(0) * own.size()
        ? input.reshape(given.get(0), own.size())
        : input;
  }

  /**
   * Lists the nodes.
   *
   * @return a table, a row each: node, operator, inputs, output shape, parameters, MACs
   */
  public Table table() {
    List<NodeRow> rows = nodes.stream().map(node -> NodeRow.of(this, node)).toList();
    return Rows.table("Graph", NodeRow.class, rows);
  }

  @Override
  public Bundle bundle() {
    return Bundle.of(this + "\n" + TableText.text(table())).html(TableHtml.html(table()));
  }

  @Override
  public String toString() {
    Shape shape = node(output).shape();
    long count = parameters.stream().mapToLong(ParameterSpec::size).sum();
    return "graph of %d nodes, %s -> %s: %,d parameters, %,d MACs"
        .formatted(nodes.size(), Sizes.text(input().shape()), Sizes.text(shape), count, macs());
  }
}
