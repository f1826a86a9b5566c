package kerf.slimming;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import kerf.trace.BatchNorm;
import kerf.trace.Graph;
import kerf.trace.Linear;
import kerf.trace.Node;

/** Tells what was cut of each layer and why, and what was left and for whose sake. */
final class Reporter {
  private final Wiring wiring;
  private final Removal removal;
  private final BitSet gone;

  Reporter(Wiring wiring, Removal removal, BitSet gone) {
    this.wiring = wiring;
    this.removal = removal;
    this.gone = gone;
  }

  /** A row for each layer with parameters. */
  List<Cut> cuts(Graph slim) {
    Set<String> counted = new LinkedHashSet<>();
    List<Cut> cuts = new ArrayList<>();
    for (Node before : wiring.graph().nodes()) {
      if (!before.operator().parameters().isEmpty()) {
        Node after = slim.node(before.name());
        boolean first = counted.addAll(before.operator().parameters());
        cuts.add(
            new Cut(
                before.name(),
                change(before.operator().toString(), after.operator().toString()),
                first ? size(wiring.graph(), before) : 0,
                first ? size(slim, after) : 0,
                before.macs(),
                after.macs(),
                because(before)));
      }
    }
    return cuts;
  }

  private static long size(Graph graph, Node node) {
    return node.operator().parameters().stream()
        .mapToLong(name -> graph.parameter(name).size())
        .sum();
  }

  private static String change(String before, String after) {
    return before.equals(after) ? before : before + " => " + after.substring(after.indexOf('('));
  }

  private String because(Node node) {
    int[] outputs = wiring.outputs(node.name());
    int[] inputs = wiring.inputs(node.name());
    Set<String> reasons = new LinkedHashSet<>();
    if (node.operator() instanceof BatchNorm) {
      first(outputs).ifPresent(channel -> reasons.add(reason(channel, node.name())));
    } else {
      first(inputs).ifPresent(channel -> reasons.add(reason(channel, node.name() + " in")));
      first(outputs).ifPresent(channel -> reasons.add(reason(channel, node.name() + " out")));
    }
    return String.join("; ", reasons);
  }

  private OptionalInt first(int[] channels) {
    return Arrays.stream(channels).filter(gone::get).findFirst();
  }

  /** The way to a place from where the channel was pruned. */
  private String reason(int channel, String place) {
    List<String> causes = new ArrayList<>(pruned(channel));
    if (causes.contains(place)) {
      return place + " pruned";
    }
    Chain chain = new Chain(wiring, Set.of(channel));
    return causes.isEmpty() ? place + " not read" : chain.path(causes.get(0), place);
  }

  /** Where the mask keeps nothing of a channel: filters first, then where it is read. */
  private Set<String> pruned(int channel) {
    Set<String> places = new LinkedHashSet<>();
    for (Connections layer : removal.connections().values()) {
      for (int o : offsets(wiring.outputs(layer.node().name()), channel)) {
        if (layer.isEmpty(o)) {
          places.add(layer.node().name() + " out");
        }
      }
    }
    for (Connections layer : removal.connections().values()) {
      for (int i : offsets(wiring.inputs(layer.node().name()), channel)) {
        if (layer.readers(i).isEmpty()) {
          places.add(layer.node().name() + " in");
        }
      }
    }
    return places;
  }

  private static int[] offsets(int[] channels, int channel) {
    return IntStream.range(0, channels.length).filter(i -> channels[i] == channel).toArray();
  }

  /** Sentences about the filters that are pruned whole and stay, and for whose sake. */
  List<String> left() {
    List<String> sentences = new ArrayList<>();
    for (Connections layer : removal.connections().values()) {
      Map<String, List<Integer>> staying = new LinkedHashMap<>();
      int[] channels = wiring.outputs(layer.node().name());
      for (int o = 0; o < channels.length; o++) {
        boolean stays = layer.isEmpty(o) && !gone.get(channels[o]) && !wiring.isOutput(channels[o]);
        String obstacle = stays ? removal.obstacle(channels[o]) : null;
        if (obstacle != null) {
          boolean shared = !partners(channels[o]).isEmpty();
          staying
              .computeIfAbsent(shared ? "" : obstacle, node -> new ArrayList<>())
              .add(channels[o]);
        }
      }
      staying.forEach(
          (obstacle, stuck) ->
              sentences.add(
                  "%s keeps %d pruned %s%s, because %s"
                      .formatted(
                          layer.node().name(),
                          stuck.size(),
                          layer.node().operator() instanceof Linear ? "neuron" : "filter",
                          stuck.size() == 1 ? "" : "s",
                          obstacle.isEmpty()
                              ? shared(layer.node().name(), stuck)
                              : alone(obstacle, stuck.get(0)))));
    }
    return sentences;
  }

  /** The layers that make a channel with weights that are kept. */
  private List<String> partners(int channel) {
    return removal.connections().values().stream()
        .filter(
            layer ->
                Arrays.stream(offsets(wiring.outputs(layer.node().name()), channel))
                    .anyMatch(o -> !layer.isEmpty(o)))
        .map(layer -> layer.node().name())
        .toList();
  }

  private String shared(String layer, List<Integer> channels) {
    Set<String> partners = new LinkedHashSet<>();
    channels.forEach(channel -> partners.addAll(partners(channel)));
    String nearest =
        partners.stream()
            .map(
                other ->
                    new Chain(wiring, Set.copyOf(channels)).path(layer + " out", other + " out"))
            .min(Comparator.comparing(String::length))
            .orElseThrow();
    return "%s give%s out the same channels and keep%s them (%s); granularity(channels()) prunes them alike"
        .formatted(
            String.join(", ", partners),
            partners.size() == 1 ? "s" : "",
            partners.size() == 1 ? "s" : "",
            nearest);
  }

  private String alone(String obstacle, int channel) {
    if (wiring.fixed(channel) != null) {
      return obstacle + " needs its inputs as they are";
    }
    return "what is left of them, a constant, cannot move into %s, which %s"
        .formatted(
            obstacle,
            removal.connections().get(obstacle).padded()
                ? "pads its input with zeros"
                : "has no bias");
  }
}
