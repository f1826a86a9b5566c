package kerf.slimming;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import kerf.model.Network;
import kerf.trace.BatchNorm;
import kerf.trace.Convolution;
import kerf.trace.Graph;
import kerf.trace.Linear;
import kerf.trace.Node;

/**
 * The channels that can go without a trace: nothing that stays reads them, or what reads them finds
 * a constant, which its bias can take over. Found by going round until nothing more can go, since a
 * channel that goes may have been the last to read another.
 */
final class Removal {
  private final Wiring wiring;
  private final Graph graph;
  private final Constants constants;
  private final Map<String, Connections> connections;
  private final Map<Integer, List<Place>> reads = new TreeMap<>();
  private final Map<Integer, List<Place>> makers = new HashMap<>();
  private final Map<Connections, BitSet> alive = new HashMap<>();
  private final BitSet gone = new BitSet();

  /** One of the inputs, or of the outputs, of a layer. */
  private record Place(Connections layer, int index) {}

  Removal(Wiring wiring, Network network, Map<String, Connections> connections) {
    this.wiring = wiring;
    this.graph = wiring.graph();
    this.connections = connections;
    this.constants = new Constants(wiring, network, connections);
    for (int channel : wiring.channels()) {
      reads.put(channel, new ArrayList<>());
      makers.put(channel, new ArrayList<>());
    }
    connections.forEach(
        (name, layer) -> {
          put(layer, wiring.inputs(name), reads);
          put(layer, wiring.outputs(name), makers);
        });
  }

  private static void put(Connections layer, int[] channels, Map<Integer, List<Place>> places) {
    for (int i = 0; i < channels.length; i++) {
      places.get(channels[i]).add(new Place(layer, i));
    }
  }

  /** Connections of all layers with weights, by node. */
  static Map<String, Connections> connections(Graph graph, Network network) {
    Map<String, String> masks = new HashMap<>();
    network
        .architecture()
        .structure()
        .prunable()
        .forEach((layer, spec) -> masks.put(spec.name(), layer));
    Map<String, Connections> connections = new LinkedHashMap<>();
    for (Node node : graph.nodes()) {
      if (node.operator() instanceof Convolution || node.operator() instanceof Linear) {
        String weight = node.operator().weights().get(0);
        connections.put(node.name(), Connections.of(node, network.mask().layer(masks.get(weight))));
      }
    }
    return connections;
  }

  /**
   * Finds what can go.
   *
   * @param kept channels that stay in any case
   * @return all that can go
   */
  BitSet without(BitSet kept) {
    gone.clear();
    for (Connections layer : connections.values()) {
      BitSet all = new BitSet(layer.outputs());
      all.set(0, layer.outputs());
      alive.put(layer, all);
    }
    boolean more = true;
    while (more) {
      more = false;
      // Backwards: a channel's readers are decided before it.
      for (int channel : reversed(wiring.channels())) {
        if (!gone.get(channel) && !kept.get(channel) && obstacle(channel) == null) {
          gone.set(channel);
          makers.get(channel).forEach(maker -> alive.get(maker.layer()).clear(maker.index()));
          more = true;
        }
      }
    }
    return (BitSet) gone.clone();
  }

  private static int[] reversed(int... channels) {
    int[] reversed = new int[channels.length];
    for (int i = 0; i < channels.length; i++) {
      reversed[i] = channels[channels.length - 1 - i];
    }
    return reversed;
  }

  /** What a channel is needed for, once the channels that were found to go are gone; or null. */
  String obstacle(int channel) {
    String fixed = wiring.fixed(channel);
    if (fixed != null) {
      return fixed;
    }
    for (Place place : reads.get(channel)) {
      boolean read = place.layer().readers(place.index()).intersects(alive.get(place.layer()));
      if (read && !absorbs(place)) {
        return place.layer().node().name();
      }
    }
    return null;
  }

  private boolean absorbs(Place place) {
    double constant = constant(place.layer(), place.index());
    return constant == 0
        || !Double.isNaN(constant) && !place.layer().padded() && adjustable(place.layer().node());
  }

  /** The constant that a layer finds at one of its inputs; NaN if there is none. */
  double constant(Connections layer, int input) {
    String source = layer.node().inputs().get(0);
    return wiring.axis(source) == wiring.axis(layer.node().name())
        ? constants.of(source)[input]
        : Double.NaN;
  }

  /** Whether a constant can be added to each output: to a bias, or to what is subtracted next. */
  private boolean adjustable(Node layer) {
    boolean once =
        graph.nodes().stream()
                .filter(node -> node.operator().weights().equals(layer.operator().weights()))
                .count()
            == 1;
    return once && (bias(layer) != null || normalization(graph, layer.name()) != null);
  }

  /** The name of a layer's bias; null if it has none. */
  static String bias(Node layer) {
    return layer.operator() instanceof Convolution convolution
        ? convolution.bias().orElse(null)
        : ((Linear) layer.operator()).bias().orElse(null);
  }

  /** The batch normalization that is all that reads a node, and reads nothing else; or null. */
  static BatchNorm normalization(Graph graph, String node) {
    List<Node> readers = graph.readers(node);
    if (readers.size() != 1
        || graph.output().equals(node)
        || !(readers.get(0).operator() instanceof BatchNorm normalization)) {
      return null;
    }
    long uses = graph.nodes().stream().filter(n -> n.operator().equals(normalization)).count();
    return uses == 1 ? normalization : null;
  }

  /** The channels of some layers, outputs and inputs. */
  BitSet channels(Set<String> layers) {
    BitSet channels = new BitSet();
    for (String layer : layers) {
      Arrays.stream(wiring.outputs(layer)).forEach(channels::set);
      Arrays.stream(wiring.inputs(layer)).forEach(channels::set);
    }
    return channels;
  }

  Map<String, Connections> connections() {
    return connections;
  }
}
