/**
 * How sparse a network is to be, by iteration of its training. A schedule is a value; it neither
 * prunes nor trains.
 *
 * <pre>{@code
 * Schedule gradual =
 *     Schedule.polynomial(0.9).until(Step.epochs(4)).every(Step.iterations(100));
 * gradual.sparsity(1_000, 938);          // after 1,000 iterations of 938 an epoch
 * gradual.chart(938);
 * }</pre>
 *
 * <p>The polynomial: M. Zhu and S. Gupta, "To prune, or not to prune", 2017 (arXiv:1710.01878).
 */
package kerf.schedule;
