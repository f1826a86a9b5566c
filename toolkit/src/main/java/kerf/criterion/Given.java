package kerf.criterion;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
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
    return new Given(Optional.of(samples), initial);
  }

  /**
   * This with another initial network.
   *
   * @param network the network before training
   * @return what is given now
   */
  public Given initial(Network network) {
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
}
