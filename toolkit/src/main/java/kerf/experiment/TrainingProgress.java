package kerf.experiment;

import kerf.display.Progress;
import kerf.training.Evaluation;
import kerf.training.Run;
import kerf.training.TrainingHook;

/**
 * Reports the steps of one training to the progress of the whole.
 *
 * @param name what is trained, such as {@code seed 1, dense}
 * @param progress the display that all trainings share
 */
public record TrainingProgress(String name, Progress progress) implements TrainingHook {
  private static final int STRIDE = 20;

  @Override
  public void afterStep(Run run) {
    if (run.iteration() % STRIDE == 0) {
      progress.advance(STRIDE);
    } else if (run.iteration() == run.total()) {
      progress.advance(run.iteration() % STRIDE);
    }
  }

  @Override
  public void afterEvaluation(Run run, Evaluation evaluation) {
    progress.message(
        "%s: validation %.1f %%".formatted(name, 100 * evaluation.validationAccuracy()));
  }
}
