package kerf.training;

import kerf.display.Progress;

/** Shows how far a training is. */
record ProgressHook(Progress progress) implements TrainingHook {

  @Override
  public void afterStep(Run run) {
    progress.advance();
  }

  @Override
  public void afterEvaluation(Run run, Evaluation evaluation) {
    progress.message(
        "validation loss %.4f, accuracy %.2f %%"
            .formatted(evaluation.validationLoss(), 100 * evaluation.validationAccuracy()));
  }
}
