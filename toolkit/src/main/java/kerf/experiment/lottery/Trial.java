package kerf.experiment.lottery;

import kerf.table.Decimals;
import kerf.table.Grouped;
import kerf.table.Percent;
import kerf.training.Evaluation;

/**
 * One training of the lottery experiment: a row of its table.
 *
 * @param arm which line it belongs to
 * @param seed the seed of its initialization and data order
 * @param level how many rounds of pruning came before; 0 is the dense network
 * @param weightsRemaining the fraction of weights kept
 * @param earlyStopIteration the iteration of least validation loss
 * @param earlyStopLoss the validation loss there, in nats
 * @param earlyStopAccuracy the test accuracy there
 * @param finalAccuracy the test accuracy at the end
 * @param trainingAccuracy the accuracy on the training images at the end
 */
public record Trial(
    String arm,
    long seed,
    int level,
    @Percent(1) double weightsRemaining,
    @Grouped long earlyStopIteration,
    @Decimals(4) double earlyStopLoss,
    @Percent(2) double earlyStopAccuracy,
    @Percent(2) double finalAccuracy,
    @Percent(2) double trainingAccuracy) {

  static Trial of(Unit unit, UnitFile.Done done) {
    Evaluation earlyStop = done.history().earlyStop();
    return new Trial(
        unit.arm().toString(),
        unit.seed(),
        unit.level(),
        done.network().mask().density(),
        earlyStop.iteration(),
        earlyStop.validationLoss(),
        earlyStop.testAccuracy(),
        done.history().last().testAccuracy(),
        done.trainingAccuracy());
  }
}
