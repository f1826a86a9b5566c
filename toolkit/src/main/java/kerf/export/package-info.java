/**
 * Networks as ONNX files, and ONNX Runtime to run them in this process.
 *
 * <pre>{@code
 * export(small).verifyOn(mnist().test()).onnx("lenet5-int8.onnx")   // a report
 * onnx("lenet5-int8.onnx").accuracy(mnist().test())
 * }</pre>
 *
 * <p>{@code Translation} turns a graph with its grids into standard operators (opset 17; 21 where
 * 4-bit or 16-bit integers need it), {@code WeightWriter} the weights into the form they are kept
 * in: floats, integers with scales, short floats, palettes. Grids of activations become pairs of
 * {@code QuantizeLinear} and {@code DequantizeLinear}, which ONNX Runtime fuses with the layer
 * between them into integer kernels. {@link kerf.export.Export} writes the file, reads it back and
 * compares what it computes with the network, layer by layer.
 *
 * <p>What does not belong here: which grid a tensor has ({@code kerf.quantization}).
 */
package kerf.export;
