package kerf.trace;

import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * One operator at its place in a graph.
 *
 * @param name unique in the graph: the layer's name for one with parameters ({@code conv1}; {@code
 *     conv1_2} where the layer is used a second time), else its kind and number ({@code relu3})
 * @param operator what it computes
 * @param inputs the names of the nodes it reads, in the operator's order
 * @param shape the shape of its output, without the batch
 */
public record Node(String name, Operator operator, List<String> inputs, Shape shape) {
  /**
   * Copies the inputs.
   *
   * @param name unique in the graph
   * @param operator what it computes
   * @param inputs the names of the nodes it reads
   * @param shape the shape of its output, without the batch
   */
  public Node {
    inputs = List.copyOf(inputs);
  }

  /**
   * Counts the multiplications, each with an addition, that the weights take for one sample.
   *
   * @return the dense count; 0 for an operator without weights
   */
  public long macs() {
    return operator.macs(shape);
  }

  /**
   * Counts how often each weight multiplies something for one sample: what a pruned weight saves.
   *
   * @return the output positions; 0 for an operator without weights
   */
  public long positions() {
    return operator.positions(shape);
  }

  @Override
  public String toString() {
    return "%s = %s(%s) -> %s"
        .formatted(name, operator, String.join(", ", inputs), Sizes.text(shape));
  }
}
