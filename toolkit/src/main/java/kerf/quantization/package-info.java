/**
 * Networks in few bits: which tensors of a network are rounded to which grid, how the grids are
 * found, and what the network then computes.
 *
 * <pre>{@code
 * Quantized small = quantization().int8().calibrateOn(mnist().train().take(512)).quantize(network);
 * small                                        // a table, tensor by tensor
 * small.simulated().accuracy(mnist().test())   // computes with the rounded numbers
 * }</pre>
 *
 * <p>{@link kerf.quantization.QuantizedGraph} is what every reader of a quantized network looks at:
 * simulation, integer execution, export. It holds a graph of ordinary operators with batch
 * normalization folded ({@link kerf.quantization.Folding}), float values, a grid for each weight
 * and a grid for each point where activations are rounded ({@link kerf.quantization.Points}).
 *
 * <p>B. Jacob et al., "Quantization and Training of Neural Networks for Efficient
 * Integer-Arithmetic-Only Inference", CVPR 2018; R. Krishnamoorthi, "Quantizing deep convolutional
 * networks for efficient inference", 2018.
 *
 * <p>What does not belong here: the arithmetic of one tensor ({@code kerf.scheme}), how a range is
 * found ({@code kerf.observer}), training with rounded numbers, files.
 */
package kerf.quantization;
