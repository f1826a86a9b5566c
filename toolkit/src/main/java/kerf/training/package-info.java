/**
 * The training loop, its optimizers and schedules, and the hooks by which others take part.
 *
 * <pre>{@code
 * Trained dense =
 *     Training.defaults()
 *         .optimizer(new Adam(1.2e-3))
 *         .batch(60)
 *         .until(Step.iterations(20_000))
 *         .train(new Lenet300100().initialize(1), Datasets.mnist());
 * dense.history().earlyStop();
 * }</pre>
 *
 * <p>Everything random comes from streams of one seed, and everything native lives in one scope, so
 * any number of trainings run side by side in threads of one process, each as if alone. A network's
 * mask is applied again after every optimizer step; no pruned weight revives.
 *
 * <p>What does not belong here: how masks or quantizers come about; they arrive with the network or
 * as a {@link kerf.training.TrainingHook}.
 */
package kerf.training;
