/**
 * Calibrators side by side: which range each of them gives the same numbers, what is lost by it,
 * and what a network is worth that is quantized so.
 *
 * <pre>{@code
 * calibrators().compare(network, "relu2", mnist().train().sample(512, 7))   // one layer
 * calibrators().bits(8, 4).accuracies(network, calibration, mnist().test()) // the whole network
 * }</pre>
 *
 * <p>What does not belong here: how a range is found ({@code kerf.observer}), and what of a network
 * is quantized ({@code kerf.quantization}).
 */
package kerf.calibration;
