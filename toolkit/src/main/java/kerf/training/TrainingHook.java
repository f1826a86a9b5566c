package kerf.training;

/**
 * Takes part in a training without being part of the loop: gradual pruning, freezing, progress.
 *
 * <p>Called on the thread that trains. An exception ends the training.
 */
public interface TrainingHook {

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
   * Called after every evaluation.
   *
   * @param run the training under way
   * @param evaluation what was measured
   */
  default void afterEvaluation(Run run, Evaluation evaluation) {}
}
