/**
 * What makes a weight important: criteria give every weight of a layer a score, and the smallest
 * scores are pruned first. How many, and in which competition, is not known here.
 *
 * <pre>{@code
 * Criterion.magnitude();                                    // |w|
 * Criterion.random(1);                                      // the control
 * Criterion.named("w squared", layer -> square(layer.values()));   // yours
 * }</pre>
 *
 * <p>Magnitude: S. Han et al., "Learning both Weights and Connections for Efficient Neural
 * Networks", NIPS 2015 (arXiv:1506.02626).
 */
package kerf.criterion;
