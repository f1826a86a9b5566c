/**
 * Sparse networks and noise: Ahmad and Scheinkman, "How Can We Be So Dense? The Benefits of Using
 * Highly Sparse Representations", 2019, with an ablation of our own.
 *
 * <pre>{@code
 * Robustness study = Robustness.of(Length.QUICK);
 * RobustnessResults results = study.run();
 * results.claims();
 * }</pre>
 */
package kerf.experiment.robustness;
