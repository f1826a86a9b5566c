/**
 * The experiment on calibrators: how accurate a network stays whose activations are quantized, by
 * calibrator, by width and by the number of images it was calibrated on; beside it the clipping
 * that is best for known distributions.
 *
 * <p>S. Migacz, "8-bit Inference with TensorRT", GTC 2017; R. Banner et al., "Post training 4-bit
 * quantization of convolutional networks for rapid-deployment", NeurIPS 2019; R. Krishnamoorthi,
 * "Quantizing deep convolutional networks for efficient inference", 2018; H. Wu et al., "Integer
 * Quantization for Deep Learning Inference", 2020.
 *
 * <p>What does not belong here: how a range is found ({@code kerf.observer}), and how calibrators
 * are compared on one network ({@code kerf.calibration}).
 */
package kerf.experiment.calibration;
