package kerf.experiment.lottery;

import kerf.table.Decimals;
import kerf.table.Grouped;
import kerf.table.Percent;
import kerf.training.Evaluation;

/**
 * One training of the lottery experiment: a row of its table. Of a training that diverged what was
 * measured is missing.
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
    @Grouped Long earlyStopIteration,
    @Decimals(4) double earlyStopLoss,
    @Percent(2) double earlyStopAccuracy,
    @Percent(2) double finalAccuracy,
    @Percent(2) double trainingAccuracy) {

  static Trial of(Unit unit, Done done, double weightsRemaining) {
    if (done.divergence().isPresent()) {
      return new Trial(
          unit.arm().toString(),
          unit.seed(),
          unit.level(),
          weightsRemaining,
          null,
          Double.NaN,
          Double.NaN,
          Double.NaN,
          Double.NaN);
    }
    Evaluation earlyStop = done.trained().history().earlyStop();
    return new Trial(
        unit.arm().toString(),
        unit.seed(),
        unit.level(),
        weightsRemaining,
        earlyStop.iteration(),
        earlyStop.validationLoss(),
        earlyStop.testAccuracy(),
        done.trained().history().last().testAccuracy(),
        done.trained().trainingAccuracy());
  }

  /** The iteration of early stop as a number to average: not one if the training diverged. */
  double stop() {
    return earlyStopIteration == null ? Double.NaN : earlyStopIteration;
  }
}
