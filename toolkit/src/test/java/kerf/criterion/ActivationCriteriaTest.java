package kerf.criterion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import kerf.data.Datasets;
import kerf.data.Samples;
import kerf.granularity.Granularity;
import kerf.granularity.Scope;
import kerf.model.Lenet300100;
import kerf.model.Lenet5;
import kerf.model.Network;
import kerf.pruning.Goal;
import kerf.pruning.Pruning;
import org.junit.jupiter.api.Test;

/** The statistics themselves are a golden case, {@code paper.activation_scores}. */
class ActivationCriteriaTest {
  // More than one batch.
  private static final Samples SAMPLES = Datasets.mnist().train().first(300);
  private static final Given DATA = Given.NOTHING.data(SAMPLES);
  private static final Network LENET = new Lenet300100().initialize(1);

  @Test
  void activationsAreThoseOfTheHiddenUnitsOverAllBatches() {
    float[][] hidden = new float[SAMPLES.size()][];
    float[] inputs = SAMPLES.inputs();
    for (int n = 0; n < hidden.length; n++) {
      hidden[n] = rectified(layer("fc1", image(inputs, n)));
    }

    ChannelActivity activity = Subject.of(LENET, DATA).find(new ChannelActivities()).get("fc1");

    for (int unit = 0; unit < 300; unit++) {
      double sum = 0;
      int zeros = 0;
      for (float[] outputs : hidden) {
        sum += outputs[unit];
        zeros += outputs[unit] == 0 ? 1 : 0;
      }
      assertThat(activity.mean()[unit]).isCloseTo((float) sum / 300, within(1e-4f));
      // A sum that is about 0 may fall on either side.
      assertThat(activity.zeros()[unit]).isCloseTo(zeros / 300f, within(1.5f / 300));
    }
  }

  /** The gradient by the last hidden layer, in closed form: softmax minus one-hot, times fc3. */
  @Test
  void changesAreActivationTimesGradientSampleBySample() {
    float[] changes = Subject.of(LENET, DATA).find(new ActivationChanges()).get("fc2");
    float[] inputs = SAMPLES.inputs();
    float[] weights = LENET.weights("fc3");
    double[] expected = new double[100];
    for (int n = 0; n < SAMPLES.size(); n++) {
      float[] first = rectified(layer("fc1", image(inputs, n)));
      float[] second = rectified(layer("fc2", first));
      float[] logits = layer("fc3", second);
      double sum = 0;
      for (float logit : logits) {
        sum += Math.exp(logit);
      }
      for (int unit = 0; unit < 100; unit++) {
        double gradient = 0;
        for (int c = 0; c < 10; c++) {
          double error = Math.exp(logits[c]) / sum - (c == SAMPLES.label(n) ? 1 : 0);
          gradient += error * weights[100 * c + unit];
        }
        expected[unit] += Math.abs(second[unit] * gradient) / SAMPLES.size();
      }
    }

    for (int unit = 0; unit < 100; unit++) {
      assertThat((double) changes[unit]).isCloseTo(expected[unit], within(1e-5));
    }
  }

  @Test
  void convolutionsAreCountedOverPositions() {
    Map<String, ChannelActivity> found =
        Subject.of(new Lenet5().initialize(1), DATA).find(new ChannelActivities());

    assertThat(found.keySet()).contains("conv1", "conv2");
    assertThat(found.get("conv1").zeros())
        .hasSize((int) new Lenet5().initialize(1).shape("conv1")[0]);
    // A share of 300 x 24 x 24 outputs is finer than one of 300.
    assertThat(found.get("conv1").zeros()[0] * 300 % 1).isNotZero();
  }

  @Test
  void theRuleOfNetworkTrimmingTakesWhatLiesOneDeviationBelowTheMean() {
    Pruning plan =
        Pruning.plan()
            .criterion(new Apoz())
            .granularity(Granularity.rows())
            .goal(Goal.belowMean(1))
            .keep("fc3")
            .data(SAMPLES);
    float[] zeros = Subject.of(LENET, DATA).find(new ChannelActivities()).get("fc2").zeros();
    double mean = 0;
    for (float share : zeros) {
      mean += share / 100.;
    }
    double variance = 0;
    for (float share : zeros) {
      variance += (share - mean) * (share - mean) / 100;
    }

    Network pruned = plan.prune(LENET);

    for (int unit = 0; unit < 100; unit++) {
      assertThat(pruned.mask().layer("fc2").keeps(300 * unit))
          .as("unit %d, APoZ %f", unit, zeros[unit])
          .isEqualTo(zeros[unit] <= mean + Math.sqrt(variance));
    }
    assertThat(pruned.mask().layer("fc2").kept()).isLessThan(100 * 300);
    assertThat(pruned.mask().layer("fc3").kept()).isEqualTo(1000);
  }

  @Test
  void everyOtherNonlinearityIsRefusedByApoz() {
    refuses(Activation::sigmoid, "Sigmoid");
    refuses(list -> Activation.leakyRelu(list, 0.1f), "LeakyReLU(0.1)");
    refuses(Activation::relu6, "ReLU6");
    refuses(Function.identity(), "Linear(8→10)");
  }

  private static void refuses(Function<NDList, NDList> activation, String name) {
    Block block =
        new SequentialBlock()
            .add(Blocks.batchFlattenBlock())
            .add(Linear.builder().setUnits(8).build())
            .add(activation)
            .add(Linear.builder().setUnits(10).build());
    Pruning plan =
        Pruning.plan().criterion(new Apoz()).granularity(Granularity.rows()).data(SAMPLES);

    assertThatThrownBy(() -> plan.prune(Network.of(block, 1, 28, 28)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "apoz() counts zeros after a ReLU, found fc1 followed by %s;".formatted(name)
                + " leave it out with keep(\"fc1\"), or use meanActivation()");
  }

  @Test
  void theOutputLayerHasNothingToCount() {
    Pruning plan =
        Pruning.plan().criterion(new Apoz()).granularity(Granularity.rows()).data(SAMPLES);

    assertThatThrownBy(() -> plan.prune(LENET))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "apoz() counts zeros after a ReLU, found fc3 followed by nothing;"
                + " leave it out with keep(\"fc3\"), or use meanActivation()");
  }

  @Test
  void looksBehindBatchNormalizationAndSlimsByItsScales() {
    Network network = normalized(new float[] {0.9f, -0.1f, 0.5f, -0.7f});
    Pruning plan =
        Pruning.plan().granularity(Granularity.filters()).amount(0.5).keep("fc1").data(SAMPLES);

    Network slimmed = plan.criterion(new BatchNormScale()).scope(Scope.GLOBAL).prune(network);

    assertThat(slimmed.mask().layer("conv1").keeps(0)).isTrue();
    assertThat(slimmed.mask().layer("conv1").keeps(9)).isFalse();
    assertThat(slimmed.mask().layer("conv1").keeps(18)).isFalse();
    assertThat(slimmed.mask().layer("conv1").keeps(27)).isTrue();
    assertThat(plan.criterion(new Apoz()).mask(network).layer("conv1").kept()).isEqualTo(18);
  }

  @Test
  void refusesALayerWithoutBatchNormalization() {
    Pruning plan =
        Pruning.plan().criterion(new BatchNormScale()).granularity(Granularity.filters());

    assertThatThrownBy(() -> plan.prune(normalized(new float[] {1, 1, 1, 1})))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "batch-norm scales are needed of fc1, found those of [conv1] only;"
                + " leave it out with keep(\"fc1\")");
  }

  /** A convolution of 4 filters with scales behind them, and a classifier. */
  private static Network normalized(float[] scales) {
    Block block =
        new SequentialBlock()
            .add(Conv2d.builder().setFilters(4).setKernelShape(new Shape(3, 3)).build())
            .add(BatchNorm.builder().build())
            .add(Activation::relu)
            .add(Blocks.batchFlattenBlock())
            .add(Linear.builder().setUnits(10).build());
    Network network = Network.of(block, 1, 28, 28);
    Map<String, float[]> values = new LinkedHashMap<>();
    network
        .architecture()
        .structure()
        .parameters()
        .forEach(spec -> values.put(spec.name(), network.values(spec.name())));
    values.put("bn1.gamma", scales);
    return network.revalued(values);
  }

  private static float[] image(float[] inputs, int n) {
    return Arrays.copyOfRange(inputs, 784 * n, 784 * (n + 1));
  }

  private static float[] layer(String layer, float[] inputs) {
    float[] weights = LENET.weights(layer);
    float[] outputs = LENET.values(layer + ".bias");
    for (int o = 0; o < outputs.length; o++) {
      double sum = outputs[o];
      for (int i = 0; i < inputs.length; i++) {
        sum += (double) weights[o * inputs.length + i] * inputs[i];
      }
      outputs[o] = (float) sum;
    }
    return outputs;
  }

  private static float[] rectified(float[] outputs) {
    for (int i = 0; i < outputs.length; i++) {
      outputs[i] = Math.max(0, outputs[i]);
    }
    return outputs;
  }
}
