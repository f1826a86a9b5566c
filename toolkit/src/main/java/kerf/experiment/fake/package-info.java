/**
 * Fake quantization: quantized after training against trained quantized, by bit width, and accuracy
 * by latency in integers. Jacob et al., "Quantization and Training of Neural Networks for Efficient
 * Integer-Arithmetic-Only Inference", 2018.
 *
 * <pre>{@code
 * FakeQuantization study = FakeQuantization.of(Length.QUICK);
 * FakeQuantizationResults results = study.run();
 * results.claims();
 * }</pre>
 */
package kerf.experiment.fake;
