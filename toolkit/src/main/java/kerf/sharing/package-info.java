/**
 * Weights that share few values: one-dimensional k-means over the weights that are not 0. S. Han et
 * al., "Deep Compression", ICLR 2016, section 3. Pure Java.
 *
 * <p>A zero, which a mask makes, belongs to no cluster and stays 0: it costs no place in the
 * codebook.
 */
package kerf.sharing;
