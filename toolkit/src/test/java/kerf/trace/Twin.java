package kerf.trace;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerf.model.Network;
import kerf.model.Outputs;
import kerf.model.ParameterSpec;
import kerf.model.Session;
import kerf.random.RandomStream;
import kerf.tensor.Scope;
import kerf.tensor.Script;
import kerf.tensor.Value;

/** A network and the network that runs its graph, held against each other. */
record Twin(Network original, Network graphed) {
  private static final Script SCRIPT =
      Script.compile(
          """
          def gradients(self: __torch__.Kerf, y: Tensor, xs: List[Tensor], into: List[Tensor]) -> NoneType:
            one = annotate(List[Optional[Tensor]], [torch.detach(y)])
            found = torch.autograd.grad([y], xs, one)
            for _0 in range(torch.len(found)):
              _1 = torch.copy_(into[_0], torch._unwrap_optional(found[_0]))
            return None
          """);

  static Twin of(Network original) {
    Graph graph = Graph.of(original);
    Network graphed =
        new Network(
            graph.architecture("twin", original.architecture().initialization()), values(original));
    return new Twin(original, graphed);
  }

  /** A convolution with batch normalization and a linear layer. */
  static Block small() {
    return new SequentialBlock()
        .add(Conv2d.builder().setFilters(4).setKernelShape(new Shape(3, 3)).build())
        .add(BatchNorm.builder().build())
        .add(Activation::relu)
        .add(Blocks.batchFlattenBlock())
        .add(Linear.builder().setUnits(10).build());
  }

  static Map<String, float[]> values(Network network) {
    Map<String, float[]> values = new LinkedHashMap<>();
    for (ParameterSpec spec : network.architecture().structure().parameters()) {
      values.put(spec.name(), network.values(spec.name()));
    }
    return values;
  }

  static float[] input(Network network, int batch) {
    int size = batch;
    for (long length : network.architecture().structure().inputShape()) {
      size *= (int) length;
    }
    return RandomStream.of(3, "input").gaussians(size, 1f);
  }

  static NDArray input(Scope scope, Network network, int batch) {
    return scope.tensor(input(network, batch), Outputs.batch(network, batch));
  }

  static float[] infer(Network network, int batch) {
    return Outputs.of(network, input(network, batch), Outputs.batch(network, batch));
  }

  /** Outputs in training, gradients of half their square, and the statistics it leaves. */
  static Map<String, float[]> train(Network network, int batch) {
    try (Scope scope = Scope.open()) {
      Session session = new Session(scope, network, RandomStream.of(1, "dropout"));
      List<ParameterSpec> trained = session.trained();
      trained.forEach(spec -> session.array(spec.name()).setRequiresGradient(true));
      NDArray input = input(scope, network, batch);
      NDArray output = Scope.recording(() -> session.forward(input, true));
      Map<String, float[]> results = new LinkedHashMap<>();
      results.put("output", Scope.floats(output));
      List<NDArray> arrays = trained.stream().map(spec -> session.array(spec.name())).toList();
      List<NDArray> gradients = trained.stream().map(spec -> scope.zeros(spec.shape())).toList();
      try (Value y = Value.of(output);
          Value xs = Value.of(arrays);
          Value into = Value.of(gradients)) {
        SCRIPT.call("gradients", y, xs, into).close();
      }
      for (int i = 0; i < arrays.size(); i++) {
        results.put("gradient of " + trained.get(i).name(), Scope.floats(gradients.get(i)));
      }
      results.putAll(session.values());
      return results;
    }
  }

  /** Holds that both compute the same numbers, to the last bit. */
  void same(int batch) {
    sameInference(batch);
    Map<String, float[]> expected = train(original, batch);
    Map<String, float[]> found = train(graphed, batch);
    assertThat(found.keySet()).containsExactlyElementsOf(expected.keySet());
    assertThat(expected.keySet())
        .allSatisfy(name -> assertThat(distance(found.get(name), expected.get(name))).isZero());
  }

  void sameInference(int batch) {
    assertThat(distance(infer(graphed, batch), infer(original, batch))).isZero();
  }

  private static double distance(float[] found, float[] expected) {
    assertThat(found).hasSameSizeAs(expected);
    double distance = 0;
    for (int i = 0; i < expected.length; i++) {
      distance = Math.max(distance, Math.abs(found[i] - expected[i]));
    }
    return distance;
  }
}
