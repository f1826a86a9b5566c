/**
 * The plan that joins criterion, granularity, scope and goal into a mask, and the ranking behind
 * it.
 *
 * <pre>{@code
 * Pruning plan = Pruning.plan().criterion(Criterion.magnitude()).amount(0.2).amount("fc3", 0.1);
 * Mask next = plan.mask(present, weights);   // 20 % of what is left; 10 % in the last layer
 * }</pre>
 *
 * <p>The semantics are those of {@code torch.nn.utils.prune}, with ties broken by index: exactly k
 * go, k rounded half to even, out of those still kept.
 */
package kerf.pruning;
