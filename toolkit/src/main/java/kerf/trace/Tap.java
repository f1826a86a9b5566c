package kerf.trace;

import ai.djl.ndarray.NDArray;

/**
 * Sees what passes through a graph as it runs: to observe activations, or to put others in their
 * place.
 */
@FunctionalInterface
public interface Tap {
  /** Lets everything pass. */
  Tap NONE = (node, output, training) -> output;

  /**
   * Sees the output of a node, before any other node reads it.
   *
   * @param node the node; the input is one too
   * @param output what it computed for a batch, the batch as axis 0
   * @param training whether the run is part of training
   * @return what the nodes that read it get: the output itself, or an array of the same shape
   */
  NDArray pass(Node node, NDArray output, boolean training);

  /**
   * Lets another tap see what this one lets pass.
   *
   * @param next the other tap
   * @return both, this one first
   */
  default Tap then(Tap next) {
    return (node, output, training) -> next.pass(node, pass(node, output, training), training);
  }
}
