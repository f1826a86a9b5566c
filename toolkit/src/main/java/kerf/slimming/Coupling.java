package kerf.slimming;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import kerf.argument.Argument;
import kerf.argument.Names;
import kerf.display.Bundle;
import kerf.display.Shown;
import kerf.model.Architecture;
import kerf.model.Network;
import kerf.table.Rows;
import kerf.table.TableHtml;
import kerf.trace.BatchNorm;
import kerf.trace.Graph;
import kerf.trace.Node;
import tech.tablesaw.api.Table;

/**
 * Which layers of a network can only lose channels together, through batch normalization, pooling,
 * flattening, residual addition, concatenation, depthwise and grouped convolution. As the
 * dependency graph of Fang et al. 2023, "DepGraph: Towards Any Structural Pruning".
 *
 * @param groups all groups of coupled layers, in the order of the network
 */
public record Coupling(List<CoupledLayers> groups) implements Shown {
  /**
   * Copies the groups.
   *
   * @param groups all groups of coupled layers
   */
  public Coupling {
    groups = List.copyOf(groups);
  }

  /** A row of the table. */
  private record Row(String layers, int channels, String fixedBy, String chain) {}

  /**
   * Finds the coupled layers of a network.
   *
   * @param network any network
   * @return its groups
   * @throws IllegalArgumentException if its block cannot be traced
   */
  public static Coupling of(Network network) {
    Argument.require("network", network);
    return of(Graph.of(network));
  }

  /**
   * Finds the coupled layers of an architecture.
   *
   * @param architecture any architecture
   * @return its groups
   * @throws IllegalArgumentException if its block cannot be traced
   */
  public static Coupling of(Architecture architecture) {
    Argument.require("architecture", architecture);
    return of(Graph.of(architecture));
  }

  /**
   * Finds the coupled layers of a graph.
   *
   * @param graph what a network computes
   * @return its groups
   */
  public static Coupling of(Graph graph) {
    Argument.require("graph", graph);
    Wiring wiring = new Wiring(graph);
    Map<Integer, Passage> passages = new TreeMap<>();
    for (int channel : wiring.channels()) {
      passages.put(channel, new Passage());
    }
    for (Node node : graph.nodes()) {
      pass(graph, wiring, node, passages);
    }
    passages.values().removeIf(passage -> passage.filters.isEmpty());
    List<CoupledLayers> groups = new ArrayList<>();
    for (Collection<Integer> family : families(passages)) {
      groups.add(group(wiring, family, passages));
    }
    return new Coupling(groups);
  }

  /** The places of one channel, layer by layer. */
  private static final class Passage {
    private final Map<String, Set<Integer>> filters = new LinkedHashMap<>();
    private final Map<String, Set<Integer>> norms = new LinkedHashMap<>();
    private final Map<String, Set<Integer>> readers = new LinkedHashMap<>();

    Channel channel() {
      return new Channel(places(filters, 0), places(norms, 0), places(readers, 1));
    }

    private static List<Channel.Place> places(Map<String, Set<Integer>> offsets, int axis) {
      return offsets.entrySet().stream()
          .map(entry -> new Channel.Place(entry.getKey(), axis, List.copyOf(entry.getValue())))
          .toList();
    }
  }

  private static void pass(Graph graph, Wiring wiring, Node node, Map<Integer, Passage> passages) {
    if (node.operator() instanceof BatchNorm bn) {
      String layer = graph.parameter(bn.scale()).layer();
      int[] channels = wiring.outputs(node.name());
      for (int i = 0; i < channels.length; i++) {
        add(passages.get(channels[i]).norms, layer, i);
      }
    } else if (node.operator().weights().size() == 1) {
      String layer = graph.parameter(node.operator().weights().get(0)).layer();
      int[] made = wiring.outputs(node.name());
      for (int i = 0; i < made.length; i++) {
        add(passages.get(made[i]).filters, layer, i);
      }
      int[] read = wiring.inputs(node.name());
      for (int i = 0; i < read.length; i++) {
        add(passages.get(read[i]).readers, layer, i);
      }
    }
  }

  private static void add(Map<String, Set<Integer>> offsets, String layer, int offset) {
    offsets.computeIfAbsent(layer, name -> new LinkedHashSet<>()).add(offset);
  }

  /** Channels whose layers are the same, or overlap. */
  private static Collection<List<Integer>> families(Map<Integer, Passage> passages) {
    Map<String, String> leaders = new LinkedHashMap<>();
    for (Passage passage : passages.values()) {
      String first = null;
      for (String layer : passage.filters.keySet()) {
        leaders.putIfAbsent(layer, layer);
        String leader = leaders.get(layer);
        first = first == null ? leader : first;
        String common = first;
        leaders.replaceAll((name, before) -> before.equals(leader) ? common : before);
      }
    }
    Map<String, List<Integer>> families = new LinkedHashMap<>();
    passages.forEach(
        (channel, passage) ->
            families
                .computeIfAbsent(
                    leaders.get(passage.filters.keySet().iterator().next()),
                    leader -> new ArrayList<>())
                .add(channel));
    return families.values();
  }

  private static CoupledLayers group(
      Wiring wiring, Collection<Integer> family, Map<Integer, Passage> passages) {
    Set<String> layers = new LinkedHashSet<>();
    family.forEach(channel -> layers.addAll(passages.get(channel).filters.keySet()));
    String fixedBy =
        family.stream().map(wiring::fixed).filter(node -> node != null).findFirst().orElse("");
    return new CoupledLayers(
        List.copyOf(layers),
        family.stream().map(channel -> passages.get(channel).channel()).toList(),
        fixedBy,
        new Chain(wiring, Set.copyOf(family)).toString());
  }

  /**
   * Finds the group of a layer.
   *
   * @param layer the layer's name, such as {@code conv3}
   * @return the group to which its filters belong
   * @throws IllegalArgumentException if no group has such a layer
   */
  public CoupledLayers group(String layer) {
    Argument.require("layer", layer);
    return groups.stream()
        .filter(group -> group.layers().contains(layer))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no layer '%s' among the coupled layers; there are %s"
                        .formatted(
                            layer,
                            groups.stream()
                                    .map(group -> String.join(", ", group.layers()))
                                    .collect(Collectors.joining("; "))
                                + Names.cure(
                                    layer,
                                    groups.stream()
                                        .flatMap(group -> group.layers().stream())
                                        .toList()))));
  }

  /**
   * Lists the groups.
   *
   * @return a table, a row each: layers, channels, what fixes them, all places they pass
   */
  public Table table() {
    return Rows.table(
        "Coupled layers",
        Row.class,
        groups.stream()
            .map(
                group ->
                    new Row(
                        String.join(", ", group.layers()),
                        group.channels().size(),
                        group.fixedBy(),
                        group.chain()))
            .toList());
  }

  @Override
  public Bundle bundle() {
    return Bundle.of(toString()).html(TableHtml.html(table()));
  }

  @Override
  public String toString() {
    return groups.stream().map(CoupledLayers::toString).collect(Collectors.joining("\n"));
  }
}
