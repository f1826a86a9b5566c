package kerf.qat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import java.util.LinkedHashMap;
import java.util.Map;
import kerf.model.Network;
import kerf.model.Outputs;
import kerf.model.ParameterSpec;
import kerf.observer.Observer;
import kerf.scheme.IntegerFormat;
import kerf.scheme.Scheme;
import kerf.training.CrossEntropySteps;
import kerf.training.Sgd;
import org.junit.jupiter.api.Test;

/**
 * Batch normalization folded in training, against the numbers of PyTorch 2.13: fuse_modules_qat of
 * a convolution, batch normalization and ReLU, prepare_qat with 4 bits, weights per tensor;
 * evaluated with observers disabled, since PyTorch's observe in evaluation too.
 */
class TorchStepsTest {
  private static final float[] FIRST = {1, 0, 0, 1, 2, 1, 3, -2};
  private static final float[] SECOND = {0, 0, 1, 1, -1, 2, 4, 1};
  private static final long[] BATCH = {4, 2, 1, 1};

  private static Network prepared() {
    SequentialBlock block =
        new SequentialBlock()
            .add(
                Conv2d.builder()
                    .setFilters(2)
                    .setKernelShape(new Shape(1, 1))
                    .optBias(false)
                    .build())
            .add(BatchNorm.builder().build())
            .add(Activation::relu)
            .add(Blocks.batchFlattenBlock())
            .add(Linear.builder().setUnits(2).build());
    Network network =
        Network.of(block, 2, 1, 1)
            .revalued(
                Map.of(
                    "conv1.weight", new float[] {1, 2, -1, 1},
                    "bn1.gamma", new float[] {1.5f, 0.25f},
                    "bn1.beta", new float[2],
                    "bn1.runningMean", new float[] {0.5f, -0.25f},
                    "bn1.runningVar", new float[] {2, 0.5f},
                    "fc1.weight", new float[] {1, -1, 0.5f, 1},
                    "fc1.bias", new float[2]));
    return Qat.plan()
        .scheme(
            new Scheme(IntegerFormat.signed(4).symmetric().perTensor(), IntegerFormat.unsigned(4)))
        .weightObserver(Observer.movingAverage(0.01))
        .ends()
        .prepare(network);
  }

  private static Network step(Network network, float... batch) {
    return CrossEntropySteps.step(network, new Sgd(0.5), batch, BATCH, 0, 1, 0, 1);
  }

  private static Network with(Network network, String name, float... values) {
    Map<String, float[]> all = new LinkedHashMap<>();
    for (ParameterSpec spec : network.architecture().structure().parameters()) {
      all.put(spec.name(), spec.name().equals(name) ? values : network.values(spec.name()));
    }
    return network.revalued(all);
  }

  private static void assertClose(Network network, String parameter, float... expected) {
    assertThat(network.values(parameter)).as(parameter).containsExactly(expected, within(3e-6f));
  }

  private static float[] outputs(Network network) {
    return Outputs.of(network, FIRST, BATCH);
  }

  @Test
  void twoStepsAreThoseOfTorch() {
    Network two = step(step(prepared(), FIRST), SECOND);

    assertClose(two, "input.range", -1.99000001f, 3.00999999f);
    assertClose(two, "conv1.weight", 1.0090729f, 1.99481535f, -1.01028824f, 0.98971176f);
    assertClose(two, "conv1.weightRange", -0.35339168f, 2.12019014f);
    assertClose(two, "bn1.gamma", 1.43685079f, 0.20446673f);
    assertClose(two, "bn1.beta", -0.1032982f, -0.15582022f);
    assertClose(two, "bn1.runningMean", 0.85676122f, -0.2956844f);
    assertClose(two, "bn1.runningVar", 2.52419639f, 1.16897333f);
    assertClose(two, "relu1.range", 0, 2.2025497f);
    assertClose(two, "fc1.weight", 0.83796704f, -1.01438546f, 0.66203296f, 0.98087287f);
    assertClose(two, "fc1.bias", -0.11820296f, 0.04212612f);
    assertClose(two, "fc1.weightRange", -1.00014389f, 1.00043583f);
    assertClose(two, "fc1.range", -0.00463347f, 2.20283151f);
    assertThat(outputs(two))
        .containsExactly(
            new float[] {0, 0, 0.44149297f, 0.88298595f, 1.7659719f, 1.61880767f, 0, 0},
            within(4e-6f));
  }

  @Test
  void frozenStatisticsStayAndScaleAndShiftAreTrainedOn() {
    Network one = step(prepared(), FIRST);
    Network two = step(with(one, Switch.STATE, 0, 0, 1), SECOND);

    assertThat(two.values("bn1.runningMean")).containsExactly(one.values("bn1.runningMean"));
    assertClose(two, "bn1.runningVar", 2.20816326f, 0.91531312f);
    assertClose(two, "conv1.weight", 1.04730964f, 1.97296596f, -0.88664401f, 0.95123762f);
    assertClose(two, "bn1.gamma", 1.51301122f, -0.21880776f);
    assertClose(two, "bn1.beta", -0.01293993f, -0.17442249f);
    assertClose(two, "fc1.weight", 0.79634672f, -0.94258738f, 0.70365328f, 0.94258738f);
    assertClose(two, "fc1.range", -0.00022645f, 2.20461082f);
    assertThat(outputs(two))
        .containsExactly(
            new float[] {
              0.44096744f,
              0.44096744f,
              1.17591321f,
              1.17591321f,
              1.91085899f,
              1.61688066f,
              0,
              1.32290232f
            },
            within(4e-6f));
  }
}
