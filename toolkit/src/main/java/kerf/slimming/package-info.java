/**
 * Structured masks become smaller tensors: the channels that a mask has made useless are removed
 * from every layer that makes, normalizes or reads them, with the same outputs.
 *
 * <pre>{@code
 * Slimmed small = Slimming.plan().slim(masked);
 * small.report();                // conv2: Conv2d(20→50, 5×5) => (10→25, 5×5)   conv1 out — conv2 in
 * Coupling.of(masked);           // 16 channels: conv1 out — bn1 — conv2 in — conv3 out — bn3 — add1 …
 * }</pre>
 *
 * <p>What does not belong here: deciding which channels are pruned.
 */
package kerf.slimming;
