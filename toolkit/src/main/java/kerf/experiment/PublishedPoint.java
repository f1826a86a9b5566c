package kerf.experiment;

import kerf.table.Percent;

/**
 * A point that a paper publishes relative to its own dense network, moved to ours.
 *
 * @param weightsRemaining the fraction of weights kept
 * @param value what the paper's change makes of the dense network's mean here
 */
record PublishedPoint(@Percent(1) double weightsRemaining, double value) {}
