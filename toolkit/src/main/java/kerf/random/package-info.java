/**
 * Seeded random numbers: one independent stream for each purpose, the same bit for bit on every
 * machine and Java version.
 *
 * <pre>{@code
 * var order = RandomStream.of(seed, "order");
 * int[] first = order.split("epoch 0").permutation(55_000);
 * float[] weights = RandomStream.of(seed, "initialization").split("fc1").gaussians(784 * 300, 0.05f);
 * }</pre>
 *
 * <p>The generator is xoshiro256++ of D. Blackman and S. Vigna, "Scrambled linear pseudorandom
 * number generators", ACM Transactions on Mathematical Software 47(4), 2021 (arXiv:1805.01407).
 */
package kerf.random;
