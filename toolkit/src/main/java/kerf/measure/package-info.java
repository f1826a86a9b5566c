/**
 * What networks are measured by beside their accuracy: here, how they bear noise.
 *
 * <pre>{@code
 * NoiseScore.measure(network, mnist.test()).correct();
 * }</pre>
 *
 * <p>What does not belong here: what becomes of a measurement in an experiment.
 */
package kerf.measure;
