package kerf.training;

import ai.djl.ndarray.NDArray;

/** A loss written forwards: the engine records what it computes and differentiates it. */
@FunctionalInterface
public interface LossExpression {

  /**
   * Computes the mean loss of a batch. Threads that train at the same time share the expression.
   *
   * @param outputs what the network gave out, of shape {@code (batch, classes)} or {@code (batch,
   *     time, classes)}, float32
   * @param labels the number of each sample's class, of shape {@code (batch)}, int64
   * @return one number, computed from the outputs by operators that have a derivative
   */
  NDArray of(NDArray outputs, NDArray labels);
}
