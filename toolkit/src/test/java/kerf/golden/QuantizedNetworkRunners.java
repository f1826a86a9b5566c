package kerf.golden;

import ai.djl.nn.SequentialBlock;
import ai.djl.nn.norm.BatchNorm;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import kerf.model.Network;
import kerf.model.Session;
import kerf.quantization.Folding;
import kerf.random.RandomStream;
import kerf.storage.Npy;
import kerf.tensor.Scope;

/** Whole networks of {@code torch.ao.quantization}. */
final class QuantizedNetworkRunners {
  private QuantizedNetworkRunners() {}

  static final Map<String, GoldenRunner> ALL =
      Map.of(
          "quant.fold_batch_norm", QuantizedNetworkRunners::fold,
          "quant.ptq_static", StaticRunner::run);

  private static Map<String, Npy> fold(GoldenCase golden) {
    Npy weight = golden.input("weight");
    Npy x = golden.input("x");
    OneLayer layer = OneLayer.of(golden, "weight");
    SequentialBlock block =
        new SequentialBlock()
            .add(layer.block())
            .add(BatchNorm.builder().optEpsilon(golden.param("eps").getAsFloat()).build());
    String name = layer.name();
    Map<String, float[]> values = new HashMap<>(layer.values());
    values.put("bn1.gamma", golden.input("bn_gamma").floats());
    values.put("bn1.beta", golden.input("bn_beta").floats());
    values.put("bn1.runningMean", golden.input("bn_mean").floats());
    values.put("bn1.runningVar", golden.input("bn_var").floats());
    long[] input = Arrays.copyOfRange(x.shape(), 1, x.shape().length);
    Network folded = Folding.fold(Network.of(block, input).revalued(values));
    return Map.of(
        "fused_weight", Npy.of(weight.shape(), folded.values(name + ".weight")),
        "fused_bias", Npy.of(new long[] {weight.shape()[0]}, folded.values(name + ".bias")),
        "y", outputs(folded, x));
  }

  static Npy outputs(Network network, Npy x) {
    try (Scope scope = Scope.open()) {
      Session session = new Session(scope, network, RandomStream.of(0, "dropout"));
      var y = session.forward(scope.tensor(x.floats(), x.shape()), false);
      return Npy.of(y.getShape().getShape(), Scope.floats(y));
    }
  }
}
