/**
 * Layers of binary and ternary weights that read signs: 64 products at a time by {@code xor} and
 * counting bits. Plain Java.
 *
 * <pre>{@code
 * BinaryWeights weights = BinaryWeights.of(values, 100, 1);
 * float[] outputs = new PackedLinear(weights, bias).apply(SignRows.of(inputs, 64));
 * }</pre>
 *
 * <p>M. Rastegari et al., "XNOR-Net", ECCV 2016, section 3.2; M. Courbariaux et al., "Binarized
 * Neural Networks", 2016, section 4.
 *
 * <p>What does not belong here: how signs are trained ({@code kerf.qat}), networks.
 */
package kerf.packed;
