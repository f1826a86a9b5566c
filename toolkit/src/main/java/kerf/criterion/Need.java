package kerf.criterion;

/**
 * What evidence is found out from, besides the network itself. The caller of a pruning gives it.
 */
public enum Need {
  /** Labelled samples to run the network on. */
  DATA("data", ".data(mnist().train().sample(1000, 1))"),

  /** The same architecture with the weights it had before training. */
  INITIAL_NETWORK("initial network", ".initial(network)");

  private final String words;
  private final String cure;

  Need(String words, String cure) {
    this.words = words;
    this.cure = cure;
  }

  /** What to add to the plan. */
  String cure() {
    return cure;
  }

  @Override
  public String toString() {
    return words;
  }
}
