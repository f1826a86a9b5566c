/**
 * Structured against unstructured pruning, and pruning against training from scratch: Liu et al.,
 * "Rethinking the Value of Network Pruning", 2019.
 *
 * <pre>{@code
 * Structured study = Structured.of(Length.QUICK);
 * StructuredResults results = study.run();
 * results.claims();
 * }</pre>
 */
package kerf.experiment.structured;
