package kerf.criterion;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import kerf.argument.Argument;
import kerf.data.Samples;
import kerf.model.Network;

/**
 * What a criterion may draw on besides the network it judges.
 *
 * @param data labelled samples to run the network on
 * @param initial the network before training
 */
public record Given(Optional<Samples> data, Optional<Network> initial) {
  /** Nothing but the network. */
  public static final Given NOTHING = new Given(Optional.empty(), Optional.empty());

  /**
   * This with other data.
   *
   * @param samples labelled samples
   * @return what is given now
   */
  public Given data(Samples samples) {
    Argument.require("samples", samples);
    return new Given(Optional.of(samples), initial);
  }

  /**
   * This with another initial network.
   *
   * @param network the network before training
   * @return what is given now
   */
  public Given initial(Network network) {
    Argument.require("network", network);
    return new Given(data, Optional.of(network));
  }

  /** Which needs this does not meet. */
  Set<Need> missing(Set<Need> needs) {
    Set<Need> missing = EnumSet.noneOf(Need.class);
    missing.addAll(needs);
    data.ifPresent(there -> missing.remove(Need.DATA));
    initial.ifPresent(there -> missing.remove(Need.INITIAL_NETWORK));
    return missing;
  }

  /** One line that differs between samples of one size and between networks of one architecture. */
  @Override
  public String toString() {
    StringJoiner text = new StringJoiner(", ", "Given[", "]");
    data.ifPresent(
        samples ->
            text.add("data=%s #%08x".formatted(samples, Arrays.hashCode(samples.positions()))));
    initial.ifPresent(
        network ->
            text.add(
                "initial=%s #%08x"
                    .formatted(
                        network,
                        network.layers().stream()
                            .mapToInt(layer -> Arrays.hashCode(network.weights(layer)))
                            .reduce(1, (hash, layer) -> 31 * hash + layer))));
    return text.toString();
  }
}
