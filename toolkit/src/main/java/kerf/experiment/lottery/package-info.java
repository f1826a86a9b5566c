/**
 * The lottery ticket: train, prune, rewind the survivors, train again, with its controls.
 *
 * <pre>{@code
 * Lottery study = Lottery.of(Preset.PAPER, Length.QUICK);
 * Tickets tickets = study.run();
 * tickets.claims();
 * }</pre>
 *
 * <p>J. Frankle and M. Carbin, "The Lottery Ticket Hypothesis: Finding Sparse, Trainable Neural
 * Networks", ICLR 2019 (arXiv:1803.03635).
 */
package kerf.experiment.lottery;
