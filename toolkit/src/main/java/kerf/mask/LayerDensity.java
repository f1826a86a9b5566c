package kerf.mask;

/**
 * How much of one layer a mask leaves: a row of the per-layer table.
 *
 * @param layer the name of the layer or parameter
 * @param shape its shape, such as {@code 300×784}
 * @param weights the number of its weights
 * @param zeros how many of them are pruned
 * @param sparsity {@code zeros / weights}, a fraction in [0, 1]
 */
public record LayerDensity(String layer, String shape, int weights, int zeros, double sparsity) {}
