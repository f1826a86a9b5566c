package kerf.training;

import java.util.Map;
import kerf.argument.Argument;
import kerf.model.Network;

/** A network with the history of its training. */
public final class Trained extends Network {
  private final History history;
  private final Map<Step, Checkpoint> checkpoints;
  private final Notes notes;

  Trained(Network network, History history, Map<Step, Checkpoint> checkpoints, Notes notes) {
    super(network);
    this.history = history;
    this.checkpoints = checkpoints;
    this.notes = notes;
  }

  /**
   * Gives what was measured while it trained.
   *
   * @return the evaluations
   */
  public History history() {
    return history;
  }

  /**
   * Gives the state after some steps, to rewind to.
   *
   * @param at one of the steps named by {@link Training#checkpointAt}
   * @return the state
   * @throws IllegalArgumentException if no checkpoint was taken there
   */
  public Checkpoint checkpoint(Step at) {
    Argument.require("step", at);
    Checkpoint checkpoint = checkpoints.get(at);
    if (checkpoint == null) {
      throw new IllegalArgumentException(
          "no checkpoint was taken at %s, only at %s; add .checkpointAt(%s) to the training"
              .formatted(at, checkpoints.keySet(), at));
    }
    return checkpoint;
  }

  /**
   * Gives what hooks noted while it trained, such as the updates of gradual pruning.
   *
   * @return the notes; they show themselves as tables
   */
  public Notes notes() {
    return notes;
  }

  @Override
  public String toString() {
    return "%s, trained for %,d iterations, %s"
        .formatted(
            super.toString(),
            history.last().iteration(),
            history
                .diverged()
                .map(at -> "diverged: no finite loss from iteration %,d on".formatted(at))
                .orElseGet(
                    () -> "test accuracy %.2f %%".formatted(100 * history.last().testAccuracy())));
  }
}
