/**
 * Golden vectors: what PyTorch and the papers say an operation gives, for every operation there is.
 * Each family adds its runners to {@link kerf.golden.GoldenTest}; an operation without one stands
 * in {@code pending.txt}, a list that may only shrink.
 */
package kerf.golden;
