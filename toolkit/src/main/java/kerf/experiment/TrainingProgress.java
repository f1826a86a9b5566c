package kerf.experiment;

import kerf.display.Progress;
import kerf.training.Evaluation;
import kerf.training.Run;
import kerf.training.TrainingHook;

/** Reports the steps of one training after another to the progress of the whole. */
public final class TrainingProgress implements TrainingHook {
  private static final int STRIDE = 20;

  private final String name;
  private final Progress progress;
  private long reported;

  /**
   * Makes a hook for one unit of work.
   *
   * @param name what is trained, such as {@code seed 1, dense}
   * @param progress the display that all trainings share
   */
  public TrainingProgress(String name, Progress progress) {
    this.name = name;
    this.progress = progress;
  }

  @Override
  public void start(Run run) {
    reported = run.iteration();
  }

  @Override
  public void afterStep(Run run) {
    if (run.iteration() % STRIDE == 0 || run.iteration() == run.total()) {
      progress.advance(run.iteration() - reported);
      reported = run.iteration();
    }
  }

  @Override
  public void afterEvaluation(Run run, Evaluation evaluation) {
    progress.message(
        "%s: validation %.1f %%".formatted(name, 100 * evaluation.validationAccuracy()));
  }
}
