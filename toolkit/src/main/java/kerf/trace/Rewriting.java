package kerf.trace;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kerf.model.ParameterSpec;

/** Changes of a graph; the shapes of all outputs follow. */
final class Rewriting {
  private Rewriting() {}

  static Graph resized(Graph graph, Map<String, long[]> shapes) {
    shapes.keySet().forEach(graph::parameter);
    List<ParameterSpec> specs = new ArrayList<>();
    for (ParameterSpec spec : graph.parameters()) {
      long[] shape = shapes.getOrDefault(spec.name(), spec.shape());
      specs.add(new ParameterSpec(spec.name(), spec.layer(), spec.role(), shape));
    }
    Map<String, Shape> sizes = new HashMap<>();
    specs.forEach(spec -> sizes.put(spec.name(), new Shape(spec.shape())));
    return graph(graph.nodes(), graph.output(), specs, sizes);
  }

  static Graph without(Graph graph, String name) {
    Node gone = graph.node(name);
    if (gone.inputs().isEmpty()) {
      throw new IllegalArgumentException("a graph needs its input, found a wish to remove it");
    }
    String before = gone.inputs().get(0);
    List<Node> nodes = new ArrayList<>();
    for (Node node : graph.nodes()) {
      if (node != gone) {
        nodes.add(reading(node, name, before));
      }
    }
    String output = graph.output().equals(name) ? before : graph.output();
    return shaped(nodes, output, used(graph.parameters(), gone.operator(), nodes));
  }

  static Graph inserted(Graph graph, String after, Node added, List<ParameterSpec> parameters) {
    graph.node(after);
    List<Node> nodes = new ArrayList<>();
    for (Node node : graph.nodes()) {
      nodes.add(reading(node, after, added.name()));
      if (node.name().equals(after)) {
        nodes.add(added);
      }
    }
    String output = graph.output().equals(after) ? added.name() : graph.output();
    return shaped(nodes, output, merged(graph.parameters(), parameters));
  }

  static Graph replaced(
      Graph graph, String name, Operator operator, List<ParameterSpec> parameters) {
    Node old = graph.node(name);
    List<Node> nodes = new ArrayList<>(graph.nodes());
    nodes.set(nodes.indexOf(old), new Node(name, operator, old.inputs(), old.shape()));
    List<ParameterSpec> kept = used(graph.parameters(), old.operator(), nodes);
    return shaped(nodes, graph.output(), merged(kept, parameters));
  }

  private static Node reading(Node node, String old, String other) {
    List<String> inputs =
        node.inputs().stream().map(input -> input.equals(old) ? other : input).toList();
    return new Node(node.name(), node.operator(), inputs, node.shape());
  }

  /** Leaves out the parameters of an operator that is gone, if no other has them. */
  private static List<ParameterSpec> used(
      List<ParameterSpec> specs, Operator gone, List<Node> nodes) {
    Set<String> unused = new HashSet<>(gone.parameters());
    nodes.forEach(node -> node.operator().parameters().forEach(unused::remove));
    return specs.stream().filter(spec -> !unused.contains(spec.name())).toList();
  }

  /** Puts added parameters behind those of their layer. */
  private static List<ParameterSpec> merged(List<ParameterSpec> specs, List<ParameterSpec> added) {
    List<ParameterSpec> merged = new ArrayList<>(specs);
    for (ParameterSpec spec : added) {
      int place = merged.size();
      for (int i = 0; i < merged.size(); i++) {
        place = merged.get(i).layer().equals(spec.layer()) ? i + 1 : place;
      }
      merged.add(place, spec);
    }
    return merged;
  }

  private static Graph shaped(List<Node> nodes, String output, List<ParameterSpec> specs) {
    return graph(nodes, output, specs, Map.of());
  }

  /** Fits every operator to the shapes of its inputs and, where there are some, of parameters. */
  private static Graph graph(
      List<Node> nodes, String output, List<ParameterSpec> specs, Map<String, Shape> sizes) {
    Map<String, Shape> shapes = new HashMap<>();
    List<Node> fitted = new ArrayList<>();
    for (Node node : nodes) {
      List<Shape> inputs = node.inputs().stream().map(shapes::get).toList();
      Operator operator =
          sizes.isEmpty() ? node.operator() : node.operator().resized(inputs, sizes::get);
      Shape shape = shape(node.name(), operator, inputs);
      shapes.put(node.name(), shape);
      fitted.add(new Node(node.name(), operator, node.inputs(), shape));
    }
    return new Graph(fitted, output, specs);
  }

  private static Shape shape(String name, Operator operator, List<Shape> inputs) {
    try {
      return operator.outputShape(inputs);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("node %s: %s".formatted(name, e.getMessage()), e);
    }
  }
}
