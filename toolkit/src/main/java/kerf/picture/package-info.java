/**
 * The mask picture book: what a pruned network looks like, one call a picture. Each is a value that
 * shows itself in a cell, gives its numbers as a table where it has any, and its figure to save.
 *
 * <pre>{@code
 * SurvivalMap.of(sparse);                               // where the input is still looked at
 * MaskOverlap.of(List.of(first, second, third));        // do seeds choose the same weights?
 * WeightHistogram.of("fc1", dense, sparse, tuned);      // the gap that pruning leaves, and its healing
 * new Thumbnails(sparse, "conv1");                      // kernels, what is gone in grey
 * new SignAgreement(start, tuned);                      // do survivors keep their signs?
 * }</pre>
 *
 * <p>After figure 4 of S. Han et al., "Learning both Weights and Connections for Efficient Neural
 * Networks", NIPS 2015 (arXiv:1506.02626), and H. Zhou et al., "Deconstructing Lottery Tickets",
 * NeurIPS 2019 (arXiv:1905.01067), for signs.
 *
 * <p>What does not belong here: how charts are drawn ({@code kerf.plot}), what to prune ({@code
 * kerf.pruning}).
 */
package kerf.picture;
