package kerf.trace;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.function.Function;
import kerf.tensor.Scope;

/**
 * Long short-term memory over sequences of shape {@code (batch, time, inputs)}, from a state of
 * zeros; all outputs of the last layer are the result: {@code torch.lstm}.
 *
 * @param parameters the names of its parameters in the order that the engine takes: for each layer
 *     the weights of inputs {@code (4 * state, inputs)} and of the state {@code (4 * state,
 *     state)}, then their biases, if any
 * @param weights those of the parameters that multiply
 * @param inputs input features
 * @param state the size of the state
 * @param layers layers above each other
 * @param biases whether there are biases
 * @param dropout the fraction dropped between layers in training
 * @param bidirectional whether a second direction reads the sequence backwards
 */
public record Lstm(
    List<String> parameters,
    List<String> weights,
    long inputs,
    long state,
    int layers,
    boolean biases,
    double dropout,
    boolean bidirectional)
    implements Operator {

  @Override
  public String word() {
    return "lstm";
  }

  @Override
  public Shape outputShape(List<Shape> shapes) {
    Shape input = shapes.get(0);
    if (input.dimension() != 2 || input.get(1) != inputs) {
      throw new IllegalArgumentException(
          "%s needs an input of shape time×%d, found %s"
              .formatted(this, inputs, Sizes.text(input)));
    }
    return new Shape(input.get(0), state * (bidirectional ? 2 : 1));
  }

  @Override
  public long positions(Shape output) {
    return output.get(0);
  }

  @Override
  public long macs(Shape output) {
    long directions = bidirectional ? 2 : 1;
    long first = inputs + state;
    long further = (layers - 1) * (directions * state + state);
    return positions(output) * directions * 4 * state * (first + further);
  }

  @Override
  public Lstm resized(List<Shape> shapes, Function<String, Shape> sizes) {
    return new Lstm(
        parameters,
        weights,
        shapes.get(0).get(1),
        sizes.apply(weights.get(0)).get(0) / 4,
        layers,
        biases,
        dropout,
        bidirectional);
  }

  @Override
  public NDArray run(List<NDArray> arrays, Binding binding) {
    NDArray input = arrays.get(0);
    Shape shape = new Shape(layers * (bidirectional ? 2L : 1L), input.size(0), state);
    NDList values = new NDList(parameters.stream().map(binding::array).toList());
    NDList outputs =
        input
            .getNDArrayInternal()
            .lstm(
                input,
                new NDList(Scope.zerosBeside(input, shape), Scope.zerosBeside(input, shape)),
                values,
                biases,
                layers,
                dropout,
                binding.training(),
                bidirectional,
                true);
    outputs.stream().skip(1).forEach(NDArray::close);
    return outputs.head();
  }

  @Override
  public String toString() {
    return "LSTM(%d→%d%s%s)"
        .formatted(
            inputs,
            state,
            layers == 1 ? "" : ", %d layers".formatted(layers),
            bidirectional ? ", bidirectional" : "");
  }
}
