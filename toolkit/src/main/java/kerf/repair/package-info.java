/**
 * What can be done about the errors of quantization without training again: cross-layer
 * equalization and bias correction (Nagel et al. 2019, "Data-Free Quantization Through Weight
 * Equalization and Bias Correction"), batch normalization measured anew, and adaptive rounding
 * (Nagel et al. 2020, "Up or Down? Adaptive Rounding for Post-Training Quantization").
 *
 * <p>{@link kerf.repair.Repairs} is the plan. Equalization changes the float network and proves
 * that it computes what it did. The other repairs go through the float network and the quantized
 * one side by side, layer after layer ({@code Lanes}), and change only what a quantized graph holds
 * anyway: weights, biases, scales. So its simulation, export and integer execution need to know
 * nothing of them.
 *
 * <pre>{@code
 * Quantization plan = Quantization.plan().bits(4).perTensor().calibrateOn(samples);
 * Repairs.plan().equalized().adaRounded().biasCorrected().quantize(network, plan);
 * }</pre>
 *
 * <p>What does not belong here: how a network is quantized, and training.
 */
package kerf.repair;
