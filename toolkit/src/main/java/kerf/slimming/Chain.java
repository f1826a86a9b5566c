package kerf.slimming;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kerf.trace.Add;
import kerf.trace.BatchNorm;
import kerf.trace.Concatenation;
import kerf.trace.Convolution;
import kerf.trace.Flatten;
import kerf.trace.Linear;
import kerf.trace.Multiply;
import kerf.trace.Node;
import kerf.trace.Operator;
import kerf.trace.Reshape;

/** The places that a channel passes, and the way from one of them to another. */
final class Chain {
  private static final String JOINT = " — ";

  /** By place, those next to it, in the order of the graph. */
  private final Map<String, Collection<String>> neighbours = new LinkedHashMap<>();

  private final Map<String, Boolean> worthTelling = new HashMap<>();

  /**
   * Follows channels.
   *
   * @param wiring the graph's channels
   * @param channels one or more
   */
  Chain(Wiring wiring, Collection<Integer> channels) {
    for (Node node : wiring.graph().nodes()) {
      if (holds(wiring.inputs(node.name()), channels)) {
        String place = node.name() + " in";
        put(place, true);
        link(wiring, node, place, channels);
      }
      if (holds(wiring.outputs(node.name()), channels)) {
        String place = out(node);
        put(place, tells(node.operator()));
        if (wiring.inputs(node.name()).length == 0) {
          link(wiring, node, place, channels);
        }
      }
    }
  }

  private static boolean holds(int[] some, Collection<Integer> channels) {
    return IntStream.of(some).anyMatch(channels::contains);
  }

  private void put(String place, boolean telling) {
    neighbours.put(place, new ArrayList<>());
    worthTelling.put(place, telling);
  }

  private void link(Wiring wiring, Node node, String place, Collection<Integer> channels) {
    for (String input : node.inputs()) {
      if (holds(wiring.outputs(input), channels)) {
        String source = out(wiring.graph().node(input));
        neighbours.get(place).add(source);
        neighbours.get(source).add(place);
      }
    }
  }

  private static String out(Node node) {
    return node.operator().weights().isEmpty() ? node.name() : node.name() + " out";
  }

  /** Nonlinearities and pooling pass channels on and are left out of the telling. */
  private static boolean tells(Operator operator) {
    return operator instanceof Convolution
        || operator instanceof Linear
        || operator instanceof BatchNorm
        || operator instanceof Add
        || operator instanceof Multiply
        || operator instanceof Concatenation
        || operator instanceof Flatten
        || operator instanceof Reshape;
  }

  /** The shortest way between two places, such as {@code conv1 out — bn1 — conv2 in}. */
  String path(String from, String to) {
    Map<String, String> before = new HashMap<>();
    Deque<String> next = new ArrayDeque<>(List.of(from));
    before.put(from, from);
    while (!next.isEmpty() && !before.containsKey(to)) {
      String place = next.remove();
      for (String neighbour : neighbours.getOrDefault(place, List.of())) {
        if (before.putIfAbsent(neighbour, place) == null) {
          next.add(neighbour);
        }
      }
    }
    Deque<String> path = new ArrayDeque<>(List.of(to));
    while (before.containsKey(path.peek()) && !path.peek().equals(from)) {
      path.push(before.get(path.peek()));
    }
    return path.stream()
        .filter(place -> worthTelling.getOrDefault(place, true))
        .collect(Collectors.joining(JOINT));
  }

  @Override
  public String toString() {
    return neighbours.keySet().stream()
        .filter(worthTelling::get)
        .collect(Collectors.joining(JOINT));
  }
}
