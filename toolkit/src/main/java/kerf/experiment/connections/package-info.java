/**
 * Pruning by magnitude, and retraining what is left: S. Han, J. Pool, J. Tran and W. Dally,
 * "Learning both Weights and Connections for Efficient Neural Networks", NIPS 2015
 * (arXiv:1506.02626).
 *
 * <pre>{@code
 * Survivors survivors = Connections.of(Length.QUICK).run();
 * survivors.claims();
 * }</pre>
 */
package kerf.experiment.connections;
