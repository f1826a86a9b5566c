package kerf.criterion;

import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import java.util.Map;
import java.util.function.Consumer;
import kerf.model.Network;
import kerf.tensor.Scope;

/**
 * A network of 3, 4 and 2 units and four inputs for it, small enough to compute in PyTorch by hand:
 *
 * <pre>{@code
 * torch.set_default_dtype(torch.float64)
 * w1 = torch.tensor([[0.5, -0.8, 0.3], [-0.2, 0.6, -0.4], [0.9, 0.1, -0.7], [-0.3, -0.5, 0.8]],
 *                   requires_grad=True)
 * b1 = torch.tensor([0.1, -0.1, 0.2, 0.])
 * w2 = torch.tensor([[0.4, -0.6, 0.2, 0.7], [-0.5, 0.3, 0.8, -0.1]], requires_grad=True)
 * b2 = torch.tensor([0.05, -0.05])
 * x = torch.tensor([[1., 2., -1.], [0., 1., 3.], [2., -1., 1.], [-1., 0., 2.]])
 * y = torch.tensor([0, 1, 1, 0])
 * }</pre>
 */
final class TinyNetwork {
  static final float[] W1 = {
    0.5f, -0.8f, 0.3f, -0.2f, 0.6f, -0.4f, 0.9f, 0.1f, -0.7f, -0.3f, -0.5f, 0.8f
  };
  static final float[] W2 = {0.4f, -0.6f, 0.2f, 0.7f, -0.5f, 0.3f, 0.8f, -0.1f};
  static final float[] X = {1, 2, -1, 0, 1, 3, 2, -1, 1, -1, 0, 2};
  static final long[] Y = {0, 1, 1, 0};

  private TinyNetwork() {}

  static Network network() {
    return Network.of(
            new SequentialBlock()
                .add(Linear.builder().setUnits(4).build())
                .add(Activation::relu)
                .add(Linear.builder().setUnits(2).build()),
            3)
        .revalued(
            Map.of(
                "fc1.weight",
                W1,
                "fc1.bias",
                new float[] {0.1f, -0.1f, 0.2f, 0},
                "fc2.weight",
                W2,
                "fc2.bias",
                new float[] {0.05f, -0.05f}));
  }

  /**
   * The network with batch normalization between the first layer and its ReLU:
   *
   * <pre>{@code
   * gamma = torch.tensor([1., 0.5, -1.5, 2.]); beta = torch.tensor([0.1, 0.2, -0.1, 0.3])
   * h = F.batch_norm(F.linear(x, w1, b1), torch.zeros(4), torch.ones(4), gamma, beta, True)
   * loss = F.cross_entropy(F.linear(torch.relu(h), w2, b2), y)
   * }</pre>
   */
  static Network normalized() {
    return Network.of(
            new SequentialBlock()
                .add(Linear.builder().setUnits(4).build())
                .add(BatchNorm.builder().optEpsilon(1e-5f).build())
                .add(Activation::relu)
                .add(Linear.builder().setUnits(2).build()),
            3)
        .revalued(
            Map.of(
                "fc1.weight", W1,
                "fc1.bias", new float[] {0.1f, -0.1f, 0.2f, 0},
                "bn1.gamma", new float[] {1, 0.5f, -1.5f, 2},
                "bn1.beta", new float[] {0.1f, 0.2f, -0.1f, 0.3f},
                "bn1.runningMean", new float[4],
                "bn1.runningVar", new float[] {1, 1, 1, 1},
                "fc2.weight", W2,
                "fc2.bias", new float[] {0.05f, -0.05f}));
  }

  /** Runs over the four inputs as one batch. */
  static Consumer<Probe.Work> data() {
    return work -> {
      try (Scope scope = Scope.open()) {
        Probe.batches(scope.tensor(X, 4, 3), scope.tensor(Y, 4), work);
      }
    };
  }

  static LayerWeights layer(String name, Subject subject) {
    Network network = network();
    return new LayerWeights(name, network.shape(name), network.weights(name), subject);
  }
}
