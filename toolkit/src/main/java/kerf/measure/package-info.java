/**
 * What a network costs and how far it can be pruned: the metrics card, the sensitivity of its
 * layers, and the sparsities that a size or a number of multiplications asks for.
 *
 * <p>Every number says whether it was measured or is modelled. A mask by itself saves nothing: the
 * engine multiplies zeros at full cost, and a file of zeros is as long as any other. So packed
 * bytes stand beside dense ones, effective multiplications beside dense ones, and the clock beside
 * both.
 *
 * <pre>{@code
 * card(mnist().test()).network("dense", dense).network("90 % pruned", sparse).measure()
 * var curves = sensitivity(dense).data(mnist().validation()).scan();
 * curves.toSparsity(0.9).plan().prune(dense)
 * }</pre>
 *
 * <p>What does not belong here: how a network is trained or pruned.
 */
package kerf.measure;
