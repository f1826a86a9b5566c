/**
 * Shape arithmetic: which weights of a tensor stand or fall together, and how far their scores
 * compete. Here weights are grouped, not judged.
 *
 * <pre>{@code
 * Groups filters = Granularity.slices(0).groups("conv1", new long[] {64, 3, 3, 3});
 * filters.count();                       // 64 groups of 27 weights
 * }</pre>
 *
 * <p>The structures of a tensor: H. Mao et al., "Exploring the Granularity of Sparsity in
 * Convolutional Neural Networks", CVPR workshops 2017 (arXiv:1705.08922).
 */
package kerf.granularity;
