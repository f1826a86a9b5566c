package kerf.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import java.nio.file.Path;
import java.util.Map;
import kerf.data.Dataset;
import kerf.data.Datasets;
import kerf.model.Convnet;
import kerf.model.Network;
import kerf.model.ParameterSpec;
import kerf.model.Session;
import kerf.random.RandomStream;
import kerf.tensor.Scope;
import kerf.tensor.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batch normalization in the training loop, against the numbers of PyTorch 2.13. */
class BatchNormTest {
  private static final float[] FIRST = {1, 0, 0, 1, 2, 1, 3, -2};
  private static final float[] SECOND = {0, 0, 1, 1, -1, 2, 4, 1};

  private static final Dataset DATA = Datasets.digits();
  private static final Network NORMALIZED = new Convnet(4, 6).input(1, 8, 8).initialize(3);

  @TempDir Path folder;

  /** Linear 2 to 2 without bias, batch normalization, ReLU, linear 2 to 2. */
  private static Network toy() {
    return Network.of(
            new SequentialBlock()
                .add(Linear.builder().setUnits(2).optBias(false).build())
                .add(BatchNorm.builder().build())
                .add(Activation::relu)
                .add(Linear.builder().setUnits(2).build()),
            2)
        .revalued(
            Map.of(
                "fc1.weight", new float[] {1, 2, -1, 1},
                "bn1.gamma", new float[] {1, 1},
                "bn1.beta", new float[2],
                "bn1.runningMean", new float[2],
                "bn1.runningVar", new float[] {1, 1},
                "fc2.weight", new float[] {1, -1, 0.5f, 1},
                "fc2.bias", new float[2]));
  }

  /** A step of plain SGD at rate 0.5 for each batch, labels 0 1 0 1. */
  private static Network stepped(Network start, float[]... batches) {
    Training plan = Training.defaults().optimizer(new Sgd(0.5));
    try (Scope scope = Scope.open();
        Run run = new Run(scope, plan, Checkpoint.start(start), 1);
        Value labels = Value.of(scope.tensor(new long[] {0, 1, 0, 1}, 4));
        Value loss = Value.of(scope.tensor(new float[1]))) {
      for (float[] batch : batches) {
        run.step(scope.tensor(batch, 4, 2), labels, loss, 0.5);
      }
      return run.network();
    }
  }

  private static void assertClose(Network network, String parameter, float... expected) {
    assertThat(network.values(parameter)).as(parameter).containsExactly(expected, within(2e-6f));
  }

  @Test
  void twoStepsAreThoseOfTorch() {
    Network one = stepped(toy(), FIRST);
    // a tenth of the batch's mean and unbiased variance, nine tenths of what was there
    assertClose(one, "bn1.runningMean", 0.15000001f, -0.15000001f);
    assertClose(one, "bn1.runningVar", 1.33333337f, 1.53333330f);
    assertClose(one, "bn1.gamma", 1.03647733f, 0.96930033f);
    assertClose(one, "bn1.beta", 0.02111321f, -0.23763703f);
    Network two = stepped(toy(), FIRST, SECOND);
    assertClose(two, "fc1.weight", 0.99365997f, 2.00354528f, -1.07115972f, 0.92659438f);
    assertClose(two, "bn1.gamma", 0.95047003f, 0.66152561f);
    assertClose(two, "bn1.beta", -0.08209234f, -0.45691156f);
    assertClose(two, "bn1.runningMean", 0.43607366f, -0.13951838f);
    assertClose(two, "bn1.runningVar", 1.81526875f, 1.99831140f);
    assertClose(two, "fc2.weight", 0.93156695f, -0.85962182f, 0.56843305f, 0.85962182f);
    assertClose(two, "fc2.bias", 0.06686541f, -0.06686538f);
  }

  @Test
  void evaluationUsesTheStatisticsAndLeavesThem() {
    Network trained = stepped(toy(), FIRST, SECOND);
    try (Scope scope = Scope.open()) {
      Session session = new Session(scope, trained, RandomStream.of(0, "dropout"));
      float[] outputs = Scope.floats(session.forward(scope.tensor(FIRST, 4, 2), false));
      assertThat(outputs)
          .containsExactly(
              new float[] {
                0.35682252f, 0.11006361f, 0.98439586f, 0.55112696f,
                2.32650995f, 1.3119477f, 0.06686541f, -0.06686538f
              },
              within(4e-6f));
      session
          .values()
          .forEach((name, values) -> assertThat(values).containsExactly(trained.values(name)));
    }
  }

  private static Training plan(int iterations) {
    return Training.defaults()
        .optimizer(new Sgd(0.05).momentum(0.9))
        .batch(32)
        .until(Step.iterations(iterations))
        .seed(5);
  }

  private static void assertSame(Network found, Network expected) {
    for (ParameterSpec spec : expected.architecture().structure().parameters()) {
      assertThat(found.values(spec.name()))
          .as(spec.name())
          .containsExactly(expected.values(spec.name()));
    }
  }

  @Test
  void checkpointsRewindTheStatistics() {
    Step middle = Step.iterations(10);
    Trained whole = plan(30).checkpointAt(middle).train(NORMALIZED, DATA);
    Checkpoint checkpoint = whole.checkpoint(middle);
    assertSame(checkpoint.network(), plan(10).train(NORMALIZED, DATA));
    assertSame(plan(30).resume(checkpoint, DATA), whole);
    assertThat(checkpoint.network().values("bn1.runningMean"))
        .isNotEqualTo(whole.values("bn1.runningMean"));
  }

  @Test
  void filesKeepTheStatistics() {
    Network trained = plan(10).train(NORMALIZED, DATA);
    Path file = folder.resolve("network.npz");
    trained.save(file);
    assertSame(trained.architecture().load(file), trained);
  }
}
