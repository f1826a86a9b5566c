package kerf.experiment;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import kerf.display.Progress;
import kerf.model.DivergedException;

/**
 * The work of an experiment, in units that are saved at once.
 *
 * <p>A unit's result must follow from the plan and the unit alone, never from what ran beside it or
 * before it: that is what makes a run that was killed end with the same tables.
 *
 * @param <U> names a unit; a value with {@code equals}
 * @param <D> what a finished unit leaves
 */
public interface Work<U, D> {

  /**
   * Names the work for the display of its progress.
   *
   * @return a word or two
   */
  String title();

  /**
   * Lists the units.
   *
   * @return each behind those it needs
   */
  List<U> units();

  /**
   * Lists the units whose results a unit starts from.
   *
   * @param unit one of {@link #units}
   * @return some of {@link #units}; empty for a unit that starts from nothing
   */
  List<U> needs(U unit);

  /**
   * Counts the steps that a unit will report as progress.
   *
   * @param unit one of {@link #units}
   * @return such as the optimizer steps of its training
   */
  long steps(U unit);

  /**
   * Refuses, before the first unit runs, what would fail after the first hour: layers that are not
   * there, a checkpoint behind the end, a folder that cannot be written. Not called if all units
   * are done already.
   *
   * @throws IllegalArgumentException if the plan cannot be carried out
   */
  default void check() {}

  /**
   * Does a unit. Called on any thread, several at once.
   *
   * @param unit the unit
   * @param needed the results of {@link #needs}
   * @param progress advanced by {@link #steps} in all; see {@link TrainingProgress}
   * @return its result
   */
  D run(U unit, Map<U, D> needed, Progress progress);

  /**
   * Gives the result of a unit whose numbers are not finite: it would end so again, and the others
   * are to be compared all the same.
   *
   * @param unit the unit
   * @param why what diverged
   * @return a result that says so; empty if there is no such result, and the unit counts as failed
   */
  default Optional<D> diverged(U unit, DivergedException why) {
    return Optional.empty();
  }

  /**
   * Reads back the result of a unit.
   *
   * @param unit the unit
   * @return empty if it was never finished
   */
  Optional<D> read(U unit);

  /**
   * Saves the result of a unit, whole or not at all.
   *
   * @param unit the unit
   * @param done its result
   */
  void write(U unit, D done);
}
