/**
 * Quantization-aware training: a network learns while it computes with rounded numbers.
 *
 * <pre>{@code
 * QatTrained small = qat().bits(4).training(training().until(epochs(2))).train(network, mnist());
 * small.quantized()                // ordinary layers with their grids, equal to what was trained
 * }</pre>
 *
 * <p>{@link kerf.qat.Qat#prepare} rewrites a network's graph: layers that round their weights as
 * they compute, activations rounded by running ranges, batch normalization folded into the weights
 * that are rounded. The result is a network like any other, so every training, mask, hook and
 * measure works with it; what it learns besides weights (ranges) are states of the network. {@link
 * kerf.qat.Qat#convert} takes ordinary layers and grids out of it.
 *
 * <p>B. Jacob et al., "Quantization and Training of Neural Networks for Efficient
 * Integer-Arithmetic-Only Inference", CVPR 2018; S. Esser et al., "Learned Step Size Quantization",
 * ICLR 2020.
 *
 * <p>What does not belong here: grids found without training ({@code kerf.quantization}).
 */
package kerf.qat;
