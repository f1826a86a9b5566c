package kerf.quantization;

import java.util.List;
import kerf.argument.Argument;
import kerf.model.Network;
import kerf.scheme.LowBitFormat;
import kerf.trace.Graph;
import kerf.trace.Node;

/** What binary and ternary weights ask of a network. */
public final class LowBits {
  private LowBits() {}

  /** Whether a layer is the first or the last one with weights. */
  static boolean atAnEnd(Graph graph, Node node) {
    List<Node> layers =
        graph.nodes().stream().filter(n -> !n.operator().weights().isEmpty()).toList();
    return node.equals(layers.get(0)) || node.equals(layers.get(layers.size() - 1));
  }

  /**
   * Refuses a pruned layer where no value stands for 0.
   *
   * @param network the network
   * @param layer the layer's name
   * @param format which values its weights have
   * @throws IllegalArgumentException if pruned weights would come back
   */
  public static void requireKept(Network network, String layer, LowBitFormat format) {
    Argument.require("network", network);
    Argument.require("layer", layer);
    Argument.require("format", format);
    network.mask().layers().stream()
        .filter(mask -> mask.name().equals(layer) && mask.kept() < mask.size())
        .filter(mask -> !format.hasZero())
        .findFirst()
        .ifPresent(
            mask -> {
              throw new IllegalArgumentException(
                  "%s has no 0 for pruned weights, found %,d of them in %s; use ternary()"
                      .formatted(format, mask.size() - mask.kept(), layer));
            });
  }
}
