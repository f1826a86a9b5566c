/**
 * Experiments of the literature as plans that run, resume and draw themselves.
 *
 * <p>An experiment is a record; {@code run()} does what is not done yet and returns the results as
 * tables, figures with the paper's own points, and a table of claims. Every finished unit of work
 * is saved whole under the identity of the plan, so a killed run goes on where it was.
 *
 * <pre>{@code
 * Lottery study = Lottery.of(Preset.PAPER, Length.QUICK);
 * Tickets tickets = study.run();
 * tickets.claims();
 * }</pre>
 *
 * <p>What does not belong here: loops of training ({@code kerf.training}), choosing what to prune
 * ({@code kerf.pruning}), how a figure looks ({@code kerf.plot}).
 */
package kerf.experiment;
