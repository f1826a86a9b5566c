package kerf.slimming;

import java.util.List;

/**
 * Layers that give out the same channels, or channels that are added to each other: whatever one of
 * them loses the others lose.
 *
 * @param layers the layers whose filters or neurons make the channels
 * @param channels the channels, in the order of the first layer
 * @param fixedBy the node that needs all of them, such as {@code output}; empty where channels can
 *     be removed
 * @param chain all places that the channels pass, such as {@code conv3 out — bn3 — add1 — conv5 in}
 */
public record CoupledLayers(
    List<String> layers, List<Channel> channels, String fixedBy, String chain) {
  /**
   * Copies the lists.
   *
   * @param layers the layers that make the channels
   * @param channels the channels
   * @param fixedBy the node that needs all of them; empty where channels can be removed
   * @param chain all places that the channels pass
   */
  public CoupledLayers {
    layers = List.copyOf(layers);
    channels = List.copyOf(channels);
  }

  /**
   * Tells whether channels can be removed at all.
   *
   * @return false for the network's outputs and inputs
   */
  public boolean removable() {
    return fixedBy.isEmpty();
  }

  @Override
  public String toString() {
    return "%d channels: %s".formatted(channels.size(), chain)
        + (removable() ? "" : " (fixed by " + fixedBy + ")");
  }
}
