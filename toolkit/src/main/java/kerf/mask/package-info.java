/**
 * Masks as values: which weights of which layer are kept. They can be compared, combined, saved and
 * shown; nothing here knows a network, nor chooses what to prune.
 *
 * <pre>{@code
 * Mask mask = Mask.load(Path.of("ticket.npz"));
 * mask.sparsity();                       // 0.79
 * mask.layer("fc1").sparsity();          // 0.8
 * mask.jaccard(other);                   // 1 for equal masks, 0 for masks with nothing in common
 * }</pre>
 *
 * <p>Masks came to be objects of study with J. Frankle and M. Carbin, "The Lottery Ticket
 * Hypothesis", ICLR 2019 (arXiv:1803.03635).
 */
package kerf.mask;
