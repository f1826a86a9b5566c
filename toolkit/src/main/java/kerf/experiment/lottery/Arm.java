package kerf.experiment.lottery;

/** The lines of the lottery experiment: the ticket and its controls. */
public enum Arm {
  /** Iteratively pruned, survivors rewound to their own early values. */
  TICKET("winning ticket"),
  /** The ticket's mask with freshly drawn weights: does the initialization matter? */
  REINITIALIZED("random reinit"),
  /** The ticket's weights under a shuffled mask of the same density a layer: does the mask? */
  RANDOM_MASK("random mask"),
  /** Pruned once from the trained dense network, survivors rewound: does iterating? */
  ONE_SHOT("one-shot");

  private final String words;

  Arm(String words) {
    this.words = words;
  }

  /** As figures and tables name it. */
  @Override
  public String toString() {
    return words;
  }
}
