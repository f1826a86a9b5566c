/**
 * Experiments of the literature as plans that run, resume and draw themselves: one package each,
 * and here what they share.
 *
 * <p>An experiment is a record; {@code run()} does what is not done yet and returns the results as
 * tables, figures with the paper's own points, and a table of claims. A {@link
 * kerf.experiment.Study} does its units of work, each saved whole as an {@link
 * kerf.experiment.Outcome} under the {@link kerf.experiment.Identity} of the plan, so a killed run
 * goes on where it was.
 *
 * <p>What does not belong here: loops of training ({@code kerf.training}), choosing what to prune
 * ({@code kerf.pruning}), how a figure looks ({@code kerf.plot}).
 */
package kerf.experiment;
