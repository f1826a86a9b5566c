package kerf.training;

import kerf.table.Decimals;
import kerf.table.Grouped;
import kerf.table.Percent;

/**
 * What was measured at one point of a training.
 *
 * @param iteration how many optimizer steps had been taken
 * @param trainingLoss the mean loss, of cross entropy in nats, over the batches since the last
 *     evaluation; NaN before the first step
 * @param validationLoss the mean loss over the validation images
 * @param validationAccuracy the fraction of validation images classified rightly
 * @param testAccuracy the fraction of test images classified rightly; NaN where it was not measured
 */
public record Evaluation(
    @Grouped long iteration,
    @Decimals(4) double trainingLoss,
    @Decimals(4) double validationLoss,
    @Percent(2) double validationAccuracy,
    @Percent(2) double testAccuracy) {

  Evaluation validated(Evaluator.Score score) {
    return new Evaluation(iteration, trainingLoss, score.loss(), score.accuracy(), testAccuracy);
  }

  Evaluation tested(double accuracy) {
    return new Evaluation(iteration, trainingLoss, validationLoss, validationAccuracy, accuracy);
  }
}
