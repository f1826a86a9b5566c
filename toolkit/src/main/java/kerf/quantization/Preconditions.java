package kerf.quantization;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import kerf.argument.Names;
import kerf.trace.Graph;
import kerf.trace.Node;

/** What a plan and a network must fulfil, and what is said if they do not. */
final class Preconditions {
  private Preconditions() {}

  static void check(Quantization plan, Graph graph) {
    requireFloat(graph);
    Set<String> layers = new LinkedHashSet<>();
    for (Node node : graph.nodes()) {
      node.operator().weights().forEach(weight -> layers.add(graph.parameter(weight).layer()));
    }
    for (String layer : plan.layers().keySet()) {
      if (!layers.contains(layer)) {
        throw new IllegalArgumentException(
            "no layer '%s' with weights in the network; it has %s"
                .formatted(layer, Names.listed(layer, layers)));
      }
    }
  }

  static void requireFloat(Graph graph) {
    for (Node node : graph.nodes()) {
      if (node.operator() instanceof FakeQuantize || node.operator() instanceof DynamicLayer) {
        throw new IllegalArgumentException(
            "a float network is needed, found one that is quantized already (%s); take its .original()"
                .formatted(node.name()));
      }
    }
  }

  static void requireSomething(Quantization plan, Assignment assignment, Graph graph) {
    if (assignment.weights().isEmpty()) {
      String kinds =
          graph.nodes().stream()
              .filter(node -> !node.operator().weights().isEmpty())
              .map(node -> "%s (%s)".formatted(node.name(), node.operator()))
              .collect(Collectors.joining(", "));
      throw new IllegalArgumentException(
          "nothing is left to quantize by %s; found %s; leave out keepFloat, add .ends(), or use .weightOnly()"
              .formatted(plan, kinds));
    }
  }

  static IllegalArgumentException uncalibrated() {
    return new IllegalArgumentException(
        "static quantization needs data to see the ranges of activations, found none;"
            + " add .calibrateOn(mnist().train().sample(512, 7)), or use .dynamic() or .weightOnly()");
  }
}
