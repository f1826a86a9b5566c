/**
 * What repairs after training give back of what quantization takes: after Nagel et al. 2019,
 * "Data-Free Quantization Through Weight Equalization and Bias Correction", and Nagel et al. 2020,
 * "Up or Down? Adaptive Rounding for Post-Training Quantization".
 *
 * <pre>{@code
 * PostTraining study = PostTraining.of(Length.QUICK);
 * PostTrainingResults results = study.run();
 * results.claims();
 * }</pre>
 */
package kerf.experiment.repairs;
