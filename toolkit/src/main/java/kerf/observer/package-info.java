/**
 * Calibration: which range of real numbers is worth a place on the grid. An observer is a plan, its
 * state sees values batch by batch and gives a quantizer at the end.
 *
 * <pre>{@code
 * ObserverState state = Observer.minMax().start(IntegerFormat.uint8());
 * state.observe(activations, 64, 500);
 * Quantizer quantizer = state.quantizer();
 * }</pre>
 *
 * <p>What does not belong here: the formula from range to scale ({@code kerf.scheme}), and where in
 * a network is observed.
 */
package kerf.observer;
