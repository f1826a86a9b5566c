package kerf.training;

import java.util.Optional;

/**
 * Takes part in a training without being part of the loop: gradual pruning, freezing, progress.
 *
 * <p>Called on the thread that trains. An exception ends the training.
 */
public interface TrainingHook {

  /**
   * Says what the hook does to a training, so that results can be saved under it.
   *
   * @return a text that differs between hooks that do different things; empty for a hook that
   *     cannot tell, such as one of your own
   */
  default Optional<String> identity() {
    return Optional.empty();
  }

  /**
   * Called before the first step.
   *
   * @param run the training under way
   */
  default void start(Run run) {}

  /**
   * Called after every optimizer step, when masks have been applied.
   *
   * @param run the training under way
   */
  default void afterStep(Run run) {}

  /**
   * Called after every evaluation between start and end; those at the two are measured only if the
   * training's {@link History} is asked for them.
   *
   * @param run the training under way
   * @param evaluation what was measured
   */
  default void afterEvaluation(Run run, Evaluation evaluation) {}
}
