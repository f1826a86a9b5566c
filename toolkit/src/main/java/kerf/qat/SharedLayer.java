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
import kerf.trace.Binding;
import kerf.trace.Operator;
import kerf.trace.OwnOperator;

/**
 * A layer whose weights share trained values: each weight has a label, fixed when the network was
 * prepared, and computes with the centroid of that label. The gradient of a centroid is therefore
 * the sum of its weights' gradients: S. Han et al., "Deep Compression", ICLR 2016, section 3.3.
 *
 * <p>The weights themselves stay as they were; where one is 0, since it is pruned or becomes so in
 * training, the layer computes with 0 and the centroid learns nothing from it.
 *
 * @param layer a layer with weights
 * @param shared its weights, each with its centroids
 */
record SharedLayer(Operator layer, List<Shared> shared) implements OwnOperator {

  /**
   * A weight that shares values.
   *
   * @param weight its name
   * @param shape its shape
   * @param bits of an index
   * @param centroids the name of the trained parameter, of shape {@code (centroids)}
   * @param labels the name of the state that holds the label of each weight
   * @param fold the batch normalization behind the layer, if it will be folded: centroids are then
   *     values of folded weights
   */
  record Shared(
      String weight, Shape shape, int bits, String centroids, String labels, Optional<Fold> fold) {
    NDArray values(Binding binding) {
      List<NDArray> arguments = new ArrayList<>();
      arguments.add(binding.array(weight));
      arguments.add(binding.array(centroids));
      arguments.add(binding.array(labels));
      fold.ifPresent(
          behind -> {
            arguments.add(binding.array(behind.scale()));
            arguments.add(binding.array(behind.variance()));
          });
      return SharedScript.weights(shape, fold).apply(arguments.toArray(NDArray[]::new));
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
            layer.parameters().stream(),
            shared.stream().flatMap(each -> Stream.of(each.centroids(), each.labels())))
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
  public SharedLayer resized(List<Shape> inputs, Function<String, Shape> parameters) {
    throw new IllegalArgumentException(
        "%s cannot change its size: its weights have labels; slim the network before its weights share values"
            .formatted(layer));
  }

  @Override
  public NDArray run(List<NDArray> inputs, Binding binding) {
    Map<String, NDArray> values = new HashMap<>();
    shared.forEach(each -> values.put(each.weight(), each.values(binding)));
    return layer.run(inputs, new ValuedBinding(binding, values));
  }

  @Override
  public String toString() {
    return "%s, weights shared %d bits".formatted(layer, shared.get(0).bits());
  }
}
