/**
 * Networks in integers alone: 8-bit operands, products summed in 32 bits, biases of 32 bits, and a
 * fixed-point multiplication back to 8 bits. Plain loops, to be read beside the paper.
 *
 * <pre>{@code
 * IntegerLinear layer = new IntegerLinear(10, 500, weights, new FixedPoint(bias, multipliers, 3, 0, 255), 128);
 * int[] outputs = layer.apply(inputs, 64);
 * }</pre>
 *
 * <p>B. Jacob et al., "Quantization and Training of Neural Networks for Efficient
 * Integer-Arithmetic-Only Inference", CVPR 2018, section 2 and appendix A.
 *
 * <p>What does not belong here: how scales are found ({@code kerf.observer}), floats on the way of
 * a number (only {@link kerf.integer.FloatRescaling}, which mirrors PyTorch's engine, and the
 * layers of dynamic quantization, whose sums go back to floats), speed.
 */
package kerf.integer;
