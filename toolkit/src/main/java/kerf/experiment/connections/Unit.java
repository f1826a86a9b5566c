package kerf.experiment.connections;

/**
 * The piece of work that is saved at once.
 *
 * @param net which network
 * @param seed which repetition
 * @param task what is done
 * @param regularization by what the weights are held small
 * @param round which round of pruning; 0 where there is none
 */
record Unit(Net net, long seed, Task task, Regularization regularization, int round) {

  /** What a unit does. */
  enum Task {
    /** Trains from scratch. */
    DENSE,
    /** Prunes the round before further, and retrains. */
    ROUND,
    /** Prunes the dense network at once as far as so many rounds would, and retrains. */
    ONCE,
    /** Prunes each layer of the dense network alone, and does not retrain. */
    SENSITIVITY;

    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** What is added to the loss. */
  enum Regularization {
    /** The sum of magnitudes. */
    L1,
    /** The sum of squares: weight decay. */
    L2
  }

  static Unit dense(Net net, long seed, Regularization regularization) {
    return new Unit(net, seed, Task.DENSE, regularization, 0);
  }

  static Unit round(Net net, long seed, int round) {
    return round == 0
        ? dense(net, seed, Regularization.L2)
        : new Unit(net, seed, Task.ROUND, Regularization.L2, round);
  }

  /** Where it is kept, relative to its study. */
  String path() {
    return "%s/seed-%d/%s-%s-%d.npz".formatted(net, seed, task, regularization, round);
  }

  /** The seed of its data order: another one for each training of a repetition. */
  long orderSeed() {
    return 1_000_003L * (100 * seed + round) + 10 * task.ordinal() + regularization.ordinal();
  }

  @Override
  public String toString() {
    return "%s, seed %d, %s%s%s"
        .formatted(
            net,
            seed,
            task,
            regularization == Regularization.L1 ? " L1" : "",
            round > 0 ? " " + round : "");
  }
}
