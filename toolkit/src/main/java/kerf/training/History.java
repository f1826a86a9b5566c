package kerf.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kerf.argument.Argument;
import kerf.table.Rows;
import kerf.table.TableText;
import tech.tablesaw.api.Table;

/**
 * The evaluations of a training, in order. What the training itself had no use for (the networks at
 * the start and at the end, the test images at the early-stop point) is measured when it is first
 * asked for.
 */
public final class History {
  private final List<Evaluation> evaluations;

  /** Null once nothing is left to measure. */
  private Later later;

  /**
   * Makes a history of which everything is measured.
   *
   * @param evaluations at least one, by ascending iteration
   */
  public History(List<Evaluation> evaluations) {
    this(evaluations, null);
  }

  History(List<Evaluation> evaluations, Later later) {
    Argument.require("evaluations", evaluations);
    this.evaluations = new ArrayList<>(evaluations);
    this.later = later;
  }

  /**
   * Gives all evaluations.
   *
   * @return at least one, by ascending iteration
   */
  public synchronized List<Evaluation> evaluations() {
    if (later != null) {
      measure(0);
      measure(evaluations.size() - 1);
      int best = best();
      evaluations.set(best, later.tested(best, evaluations.get(best)));
      later = null;
    }
    return List.copyOf(evaluations);
  }

  /**
   * Finds the early-stop point: the evaluation of least validation loss, read after training. The
   * first of equals. Frankle and Carbin 2019, section 2. Test data play no part in the choice.
   *
   * @return the evaluation; its test accuracy is always measured
   */
  public synchronized Evaluation earlyStop() {
    return evaluations().get(best());
  }

  private int best() {
    int best = 0;
    for (int i = 1; i < evaluations.size(); i++) {
      if (evaluations.get(i).validationLoss() < evaluations.get(best).validationLoss()) {
        best = i;
      }
    }
    return best;
  }

  /**
   * Gives the last evaluation.
   *
   * @return the one at the end of training; its test accuracy is always measured
   */
  public synchronized Evaluation last() {
    return measure(evaluations.size() - 1);
  }

  private Evaluation measure(int place) {
    Evaluation known = evaluations.get(place);
    if (later != null) {
      known = later.tested(place, later.validated(place, known));
      evaluations.set(place, known);
    }
    return known;
  }

  /**
   * Tells whether the training diverged.
   *
   * @return the iteration of the first evaluation whose loss is not finite; empty if all are
   */
  public Optional<Long> diverged() {
    // What is not finite never becomes finite again.
    return Double.isFinite(last().validationLoss())
        ? Optional.empty()
        : evaluations().stream()
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
    return Rows.table("training", Evaluation.class, evaluations());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof History history && history.evaluations().equals(evaluations());
  }

  @Override
  public int hashCode() {
    return evaluations().hashCode();
  }

  @Override
  public String toString() {
    return TableText.text(table());
  }
}
