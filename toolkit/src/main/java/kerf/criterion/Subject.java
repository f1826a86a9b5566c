package kerf.criterion;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import kerf.argument.Argument;
import kerf.data.Samples;
import kerf.model.Fit;
import kerf.model.Network;

/**
 * What is judged: a network, and what was given to judge it by. Keeps all evidence that was found,
 * for as long as one pruning; used by one thread.
 */
public final class Subject {
  private final Optional<Network> network;
  private final Given given;
  private final Map<Evidence<?>, Map<String, ?>> found;

  private Subject(Optional<Network> network, Given given, Map<Evidence<?>, Map<String, ?>> found) {
    this.network = network;
    this.given = given;
    this.found = found;
  }

  /**
   * Takes a network as the subject.
   *
   * @param network the network; its pruned weights are 0
   * @param given what was given with it
   * @return the subject, of which nothing is known yet
   */
  public static Subject of(Network network, Given given) {
    Argument.require("network", network);
    Argument.require("given", given);
    given.data().ifPresent(samples -> Fit.require(network, samples));
    return new Subject(Optional.of(network), given, new HashMap<>());
  }

  /**
   * Takes weights without a network: nothing can be found out about them.
   *
   * @return a subject of which no more is known than what {@link #knowing} adds
   */
  public static Subject unknown() {
    return new Subject(Optional.empty(), Given.NOTHING, new HashMap<>());
  }

  /**
   * Adds evidence that was found elsewhere, such as the gradients of a loss of your own.
   *
   * @param <T> what there is for each layer
   * @param kind which evidence it stands for
   * @param evidence something for each layer, by name
   * @return a subject of which this is known too
   */
  public <T> Subject knowing(Evidence<T> kind, Map<String, T> evidence) {
    Map<Evidence<?>, Map<String, ?>> more = new HashMap<>(found);
    more.put(kind, Map.copyOf(evidence));
    return new Subject(network, given, more);
  }

  /**
   * Gives the network.
   *
   * @return the network
   * @throws IllegalArgumentException if only weights were given
   */
  public Network network() {
    return network.orElseThrow(() -> new IllegalArgumentException(weightsAlone("a network")));
  }

  /**
   * Gives the data.
   *
   * @return labelled samples
   * @throws IllegalArgumentException if none were given
   */
  public Samples data() {
    return given.data().orElseThrow(() -> new IllegalArgumentException(missing(Need.DATA)));
  }

  /**
   * Gives the network before training.
   *
   * @return the initial network
   * @throws IllegalArgumentException if none was given
   */
  public Network initial() {
    return given
        .initial()
        .orElseThrow(() -> new IllegalArgumentException(missing(Need.INITIAL_NETWORK)));
  }

  /**
   * Finds out, unless it is known already.
   *
   * @param <T> what is found for each layer
   * @param kind which evidence
   * @return something for each layer, by name; not to be changed
   * @throws IllegalArgumentException if what it needs was not given
   */
  @SuppressWarnings("unchecked") // found holds under each kind what knowing and find put there
  public <T> Map<String, T> find(Evidence<T> kind) {
    Map<String, ?> known = found.get(kind);
    if (known == null) {
      require("the criterion", kind);
      known = kind.find(this);
      found.put(kind, known);
    }
    return (Map<String, T>) known;
  }

  /**
   * Checks, before anything is computed, that all a criterion needs was given.
   *
   * @param criterion the criterion
   * @throws IllegalArgumentException if something is missing; says what to add to the plan
   */
  public void require(Criterion criterion) {
    criterion.needs().stream()
        .filter(kind -> !found.containsKey(kind))
        .forEach(kind -> require(criterion.toString(), kind));
  }

  private void require(String who, Evidence<?> kind) {
    if (network.isEmpty()) {
      throw new IllegalArgumentException(who + " needs " + weightsAlone(kind.name()));
    }
    String missing =
        given.missing(kind.needs()).stream().map(Subject::missing).collect(Collectors.joining(" "));
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException("%s needs %s, %s".formatted(who, kind.name(), missing));
    }
  }

  private static String weightsAlone(String wanted) {
    return wanted + ", found weights alone; call mask(network) or prune(network)";
  }

  private static String missing(Need need) {
    return "found no %s; call %s before prune(network)".formatted(need, need.cure());
  }
}
