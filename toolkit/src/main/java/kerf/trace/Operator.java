package kerf.trace;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.function.Function;
import kerf.argument.Argument;

/**
 * What a node computes: plain data, without values. Its parameters are names of the structure, such
 * as {@code conv1.weight}.
 *
 * <p>Shapes of inputs and outputs are without the batch; axes count it, as in PyTorch: axis 1 is
 * the channels.
 */
public sealed interface Operator
    permits Input,
        Convolution,
        Linear,
        BatchNorm,
        Lstm,
        Activation,
        Clip,
        Pooling,
        GlobalPooling,
        Add,
        Multiply,
        Concatenation,
        Flatten,
        Reshape,
        Transpose,
        Select,
        OneHot,
        Dropout,
        OwnOperator {

  /**
   * Gives the word that nodes of this kind are named by.
   *
   * @return such as {@code relu}; the first one of a graph is then {@code relu1}
   */
  String word();

  /**
   * Computes the shape of the output: that of the first input, unless an operator says otherwise.
   *
   * @param inputs the shapes of the inputs, without the batch
   * @return the shape of the output, without the batch
   * @throws IllegalArgumentException if the operator cannot take such inputs
   */
  default Shape outputShape(List<Shape> inputs) {
    Argument.require("inputs", inputs);
    return inputs.get(0);
  }

  /**
   * Lists all parameters.
   *
   * @return their names in the structure, in the order of the layer
   */
  default List<String> parameters() {
    return List.of();
  }

  /**
   * Lists the parameters that multiply inputs.
   *
   * @return their names; each element of them is used {@link #positions} times
   */
  default List<String> weights() {
    return List.of();
  }

  /**
   * Counts how often each element of {@link #weights} multiplies something for one sample.
   *
   * @param output the shape of the output, without the batch
   * @return the output positions of a convolution, the time steps of a recurrent layer, 1 for a
   *     linear layer on a vector; 0 without weights
   */
  default long positions(Shape output) {
    Argument.require("output", output);
    return 0;
  }

  /**
   * Counts the multiplications, each with an addition, that the weights take for one sample.
   *
   * @param output the shape of the output, without the batch
   * @return the number of elements of {@link #weights} times {@link #positions}; biases, pooling
   *     and normalization count nothing
   */
  default long macs(Shape output) {
    Argument.require("output", output);
    return 0;
  }

  /**
   * Fits the operator to parameters of other shapes.
   *
   * @param inputs the shapes of the inputs, without the batch
   * @param parameters gives the shape of a parameter by its name
   * @return the same operator with the sizes that follow from them
   */
  default Operator resized(List<Shape> inputs, Function<String, Shape> parameters) {
    Argument.require("inputs", inputs);
    Argument.require("parameters", parameters);
    return this;
  }

  /**
   * Gives the operator that this one does in a way of its own, such as with rounded weights.
   *
   * @return the operator itself for all that are not such a way
   */
  default Operator inner() {
    return this;
  }

  /**
   * Computes the output of a batch.
   *
   * @param inputs the inputs, the batch as their axis 0
   * @param binding the values of parameters, and whether in training
   * @return the output; recorded for gradients where the caller records
   */
  NDArray run(List<NDArray> inputs, Binding binding);

  /**
   * Describes the operator.
   *
   * @return a text as PyTorch has it, such as {@code Conv2d(20→50, 5×5)}
   */
  @Override
  String toString();
}
