package kerf.qat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import kerf.random.RandomStream;
import kerf.scheme.LowBitFormat;
import kerf.tensor.Scope;
import kerf.trace.Binding;
import kerf.trace.Operator;
import kerf.trace.OwnOperator;

/**
 * A layer that computes with weights of two or three values (or a few more) and trains the floats
 * behind them, the latent weights. Batch normalization behind it is not folded while it trains.
 *
 * @param layer a layer with weights
 * @param latent its weights, each with its format
 */
record LowBitLayer(Operator layer, List<Weight> latent) implements OwnOperator {

  /**
   * A weight of few values.
   *
   * @param name its name
   * @param format which values
   * @param levels the name of the trained parameter that holds the levels, of shape {@code (2)}; if
   *     they are trained
   */
  record Weight(String name, LowBitFormat format, Optional<String> levels) {
    NDArray values(Binding binding) {
      List<NDArray> arguments = new ArrayList<>();
      NDArray own = binding.array(name);
      arguments.add(own);
      levels.ifPresent(parameter -> arguments.add(binding.array(parameter)));
      if (LowBitScript.draws(format, binding.training())) {
        arguments.add(uniform(own, binding.dropout().split(name)));
      }
      return LowBitScript.weights(format, binding.training())
          .apply(arguments.toArray(NDArray[]::new));
    }

    private static NDArray uniform(NDArray latent, RandomStream stream) {
      float[] numbers = new float[Math.toIntExact(latent.size())];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = stream.nextFloat();
      }
      return Scope.beside(latent, numbers).reshape(latent.getShape());
    }
  }

  @Override
  public Operator inner() {
    return layer;
  }

  @Override
  public String word() {
    return layer.word();
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return layer.outputShape(inputs);
  }

  @Override
  public List<String> parameters() {
    return Stream.concat(
            layer.parameters().stream(), latent.stream().flatMap(each -> each.levels().stream()))
        .toList();
  }

  @Override
  public List<String> weights() {
    return layer.weights();
  }

  @Override
  public long positions(Shape output) {
    return layer.positions(output);
  }

  @Override
  public long macs(Shape output) {
    return layer.macs(output);
  }

  @Override
  public LowBitLayer resized(List<Shape> inputs, Function<String, Shape> parameters) {
    return new LowBitLayer(layer.resized(inputs, parameters), latent);
  }

  @Override
  public NDArray run(List<NDArray> inputs, Binding binding) {
    Map<String, NDArray> values = new HashMap<>();
    latent.forEach(each -> values.put(each.name(), each.values(binding)));
    return layer.run(inputs, new ValuedBinding(binding, values));
  }

  @Override
  public String toString() {
    return "%s, weights %s".formatted(layer, latent.get(0).format());
  }
}
