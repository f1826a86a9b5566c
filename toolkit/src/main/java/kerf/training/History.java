package kerf.training;

import java.util.List;
import java.util.Optional;
import kerf.table.Rows;
import tech.tablesaw.api.Table;

/**
 * The evaluations of a training, in order.
 *
 * @param evaluations at least one, by ascending iteration
 * @param trainingAccuracy the fraction of training images classified rightly at the end
 */
public record History(List<Evaluation> evaluations, double trainingAccuracy) {

  /**
   * Checks the values.
   *
   * @param evaluations at least one, by ascending iteration
   * @param trainingAccuracy the fraction of training images classified rightly at the end
   */
  public History {
    evaluations = List.copyOf(evaluations);
  }

  /**
   * Finds the early-stop point: the evaluation of least validation loss, read after training. The
   * first of equals. Frankle and Carbin 2019, section 2. Test data play no part in the choice.
   *
   * @return the evaluation; its test accuracy is always measured
   */
  public Evaluation earlyStop() {
    Evaluation best = evaluations.get(0);
    for (Evaluation evaluation : evaluations) {
      if (evaluation.validationLoss() < best.validationLoss()) {
        best = evaluation;
      }
    }
    return best;
  }

  /**
   * Gives the last evaluation.
   *
   * @return the one at the end of training; its test accuracy is always measured
   */
  public Evaluation last() {
    return evaluations.get(evaluations.size() - 1);
  }

  /**
   * Tells whether the training diverged.
   *
   * @return the iteration of the first evaluation whose loss is not finite; empty if all are
   */
  public Optional<Long> diverged() {
    return evaluations.stream()
        .filter(evaluation -> !Double.isFinite(evaluation.validationLoss()))
        .map(Evaluation::iteration)
        .findFirst();
  }

  /**
   * Lists the evaluations.
   *
   * @return a table, a row each
   */
  public Table table() {
    return Rows.table("training", Evaluation.class, evaluations);
  }
}
