/**
 * What makes a weight important: criteria give every weight of a layer a score, and the smallest
 * scores are pruned first. How many, and in which competition, is not known here.
 *
 * <pre>{@code
 * Criterion.magnitude();                                    // |w|
 * Criterion.random(1);                                      // the control
 * Criterion.named("w squared", layer -> square(layer.values()));   // yours
 * Criterion near0 = layer -> squares(layer.gradients());    // of the loss over the plan's data
 * ChannelCriterion loud = layer -> layer.evidence(new ChannelActivities()).meanMagnitude();
 * }</pre>
 *
 * <p>What a criterion must know besides the weights is {@link Evidence}, which it declares: an open
 * kind, found out by running the network once a pruning, from what the plan was given ({@link
 * Given}). A criterion that must know something new brings its own kind of evidence.
 *
 * <p>Magnitude: S. Han et al., "Learning both Weights and Connections for Efficient Neural
 * Networks", NIPS 2015 (arXiv:1506.02626).
 */
package kerf.criterion;
