/**
 * File formats, byte for byte, and how a file reaches the disk whole: {@code .npz} archives of
 * numpy arrays, and atomic writes.
 *
 * <pre>{@code
 * Npz.write(Path.of("weights.npz"), Map.of("fc1.weight", Npy.of(new long[] {2, 2}, new float[] {1, 2, 3, 4})));
 * float[] weight = Npz.read(Path.of("weights.npz")).get("fc1.weight").floats();
 * }</pre>
 *
 * <p>What is in an array, and why, is not known here; nor is the engine's memory.
 *
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">The .npy
 *     format</a>
 */
package kerf.storage;
