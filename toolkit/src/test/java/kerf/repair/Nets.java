package kerf.repair;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerf.data.Samples;
import kerf.model.Network;
import kerf.model.ParameterSpec;
import kerf.model.Session;
import kerf.quantization.Mode;
import kerf.quantization.Quantized;
import kerf.quantization.QuantizedGraph;
import kerf.quantization.WeightForm;
import kerf.random.RandomStream;
import kerf.scheme.IntegerFormat;
import kerf.scheme.QuantParams;
import kerf.tensor.Scope;
import kerf.trace.Graph;

/** Small networks whose numbers a reader can follow. */
final class Nets {
  private Nets() {}

  static Conv2d conv(int filters, int size, int padding, int groups) {
    return Conv2d.builder()
        .setFilters(filters)
        .setKernelShape(new Shape(size, size))
        .optPadding(new Shape(padding, padding))
        .optGroups(groups)
        .build();
  }

  static Block fc(int units) {
    return Linear.builder().setUnits(units).build();
  }

  static Block bn() {
    return BatchNorm.builder().build();
  }

  static Block relu() {
    return new LambdaBlock(Activation::relu);
  }

  static Block flat() {
    return Blocks.batchFlattenBlock();
  }

  static SequentialBlock chain(Block... parts) {
    SequentialBlock chain = new SequentialBlock();
    for (Block part : parts) {
      chain.add(part);
    }
    return chain;
  }

  static Block sum(Block... branches) {
    return new ParallelBlock(
        lists -> new NDList(lists.get(0).head().add(lists.get(1).head())), List.of(branches));
  }

  /** A network with these values; parameters that are not named stay as they start. */
  static Network valued(Network fresh, Map<String, float[]> named) {
    Map<String, float[]> values = new LinkedHashMap<>();
    fresh
        .architecture()
        .structure()
        .parameters()
        .forEach(spec -> values.put(spec.name(), fresh.values(spec.name())));
    values.putAll(named);
    return fresh.revalued(values);
  }

  /** A network whose biases and statistics are as no training starts with them. */
  static Network lived(Block block, long... input) {
    Network fresh = Network.of(block, input);
    RandomStream stream = RandomStream.of(5, "lived");
    Map<String, float[]> values = new LinkedHashMap<>();
    for (ParameterSpec spec : fresh.architecture().structure().parameters()) {
      RandomStream own = stream.split(spec.name());
      switch (spec.role()) {
        case BIAS, SHIFT, RUNNING_MEAN -> values.put(spec.name(), own.gaussians(spec.size(), 0.3f));
        case SCALE, RUNNING_VARIANCE ->
            values.put(spec.name(), own.uniforms(spec.size(), 0.5f, 1.5f));
        default -> {}
      }
    }
    return valued(fresh, values);
  }

  /** Weights of every layer on a grid of this step, one a tensor; activations float. */
  static Quantized stepped(Network folded, IntegerFormat format, double step, Samples samples) {
    Map<String, WeightForm> forms = new LinkedHashMap<>();
    Graph.of(folded)
        .nodes()
        .forEach(
            node ->
                Layer.of(node)
                    .ifPresent(
                        layer ->
                            forms.put(
                                layer.weight(),
                                new WeightForm.Grid(
                                    format.quantizer(new QuantParams((float) step, 0))))));
    QuantizedGraph form = new QuantizedGraph(folded, Mode.WEIGHT_ONLY, forms, Map.of());
    return Quantized.of(folded, form, samples);
  }

  static float[] outputs(Network network, Samples samples) {
    long[] shape = samples.inputShape();
    long[] batch = new long[shape.length + 1];
    batch[0] = samples.size();
    System.arraycopy(shape, 0, batch, 1, shape.length);
    try (Scope scope = Scope.open()) {
      Session session = new Session(scope, network, RandomStream.of(0, "dropout"));
      float[][] outputs = new float[1][];
      Scope.passing(
          () ->
              outputs[0] =
                  Scope.floats(session.forward(scope.tensor(samples.inputs(), batch), false)));
      return outputs[0];
    }
  }
}
