/**
 * Number formats: how many bits, signed or not, symmetric or affine, and what shares a scale; and
 * the arithmetic that takes real numbers to integers and back. Pure Java, and PyTorch's results bit
 * for bit.
 *
 * <pre>{@code
 * IntegerFormat format = IntegerFormat.int8().symmetric().perChannel();
 * Quantizer quantizer = format.quantizer(format.params(-1f, 0.5f));
 * QuantizedTensor tensor = quantizer.quantize(values, 300, 784);
 * }</pre>
 *
 * <p>A real number x and its integer q are tied by {@code x = scale * (q - zeroPoint)}: B. Jacob et
 * al., "Quantization and Training of Neural Networks for Efficient Integer-Arithmetic-Only
 * Inference", CVPR 2018, equation 1. The arithmetic is that of PyTorch's {@code
 * torch.quantize_per_tensor}, {@code torch.fake_quantize_per_tensor_affine} and the observers of
 * {@code torch.ao.quantization}.
 *
 * <p>What does not belong here: which range a tensor has ({@code kerf.observer}), and which tensors
 * of a network are quantized.
 */
package kerf.scheme;
