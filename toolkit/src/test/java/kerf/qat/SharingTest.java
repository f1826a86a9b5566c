package kerf.qat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import kerf.coding.Encoded;
import kerf.data.Dataset;
import kerf.data.Datasets;
import kerf.measure.NetworkSize;
import kerf.model.CharLstm;
import kerf.model.Convnet;
import kerf.model.Lenet300100;
import kerf.model.Network;
import kerf.model.Outputs;
import kerf.model.SmallNets;
import kerf.pruning.Pruning;
import kerf.quantization.Quantization;
import kerf.quantization.Quantized;
import kerf.quantization.QuantizedGraph;
import kerf.random.RandomStream;
import kerf.scheme.FloatFormat;
import kerf.scheme.PaletteFormat;
import kerf.sharing.Clustering;
import kerf.sharing.Start;
import kerf.storage.Npy;
import kerf.training.Evaluator;
import kerf.training.Sgd;
import kerf.training.SquaredErrorSteps;
import kerf.training.Step;
import kerf.training.Training;
import org.junit.jupiter.api.Test;

class SharingTest {
  private static final Network NET =
      Pruning.plan()
          .sparsity(0.5)
          .prune(SmallNets.lived(new Convnet(4, 6).input(1, 8, 8).initialize(1)));

  private static float[] outputs(Network network) {
    return Outputs.ofNoise(network, 4, RandomStream.of(3, "input"), 1);
  }

  private static Set<Float> distinct(float... weights) {
    Set<Float> values = new TreeSet<>();
    for (float weight : weights) {
      values.add(weight);
    }
    return values;
  }

  private static Network stepped(Network prepared, int steps) {
    var inputs =
        IntStream.range(0, steps)
            .mapToObj(
                i -> Npy.of(new long[] {8, 1, 8, 8}, RandomStream.of(i, "x").gaussians(8 * 64, 1)))
            .toList();
    var targets =
        IntStream.range(0, steps)
            .mapToObj(i -> Npy.of(new long[] {8, 10}, RandomStream.of(i, "y").gaussians(80, 1)))
            .toList();
    var all = SquaredErrorSteps.steps(prepared, new Sgd(0.05).momentum(0.9), inputs, targets);
    return all.get(steps - 1).after();
  }

  @Test
  void aPreparedNetworkComputesWithCentroids() {
    Network dense = new Lenet300100().initialize(1);
    Network prepared = Qat.sharing(new PaletteFormat(2)).prepare(dense);
    QuantizedGraph converted = Qat.convert(prepared);

    assertThat(prepared.weights("fc1")).isEqualTo(dense.weights("fc1"));
    Clustering clusters = Clustering.of(dense.weights("fc1"), 4, new Start.Linear());
    assertThat(converted.network().weights("fc1")).isEqualTo(clusters.shared());
    assertThat(outputs(prepared)).isEqualTo(outputs(converted.simulated()));
  }

  @Test
  void trainingMovesCentroidsAndNothingElseOfTheWeights() {
    Network prepared = Qat.sharing(new PaletteFormat(3)).prepare(NET);
    Network trained = stepped(prepared, 5);

    assertThat(trained.weights("conv2")).isEqualTo(prepared.weights("conv2"));
    assertThat(trained.values("conv2.weight.labels"))
        .isEqualTo(prepared.values("conv2.weight.labels"));
    assertThat(trained.values("conv2.weight.centroids"))
        .isNotEqualTo(prepared.values("conv2.weight.centroids"));
  }

  @Test
  void whatIsConvertedHasFewValuesKeepsItsZerosAndComputesTheSame() {
    Network trained = stepped(Qat.sharing(new PaletteFormat(3)).prepare(NET), 5);
    QuantizedGraph converted = Qat.convert(trained);

    for (String layer : NET.layers()) {
      float[] weights = converted.rounded().weights(layer);
      assertThat(distinct(weights).size()).isLessThanOrEqualTo(9);
      float[] before = NET.weights(layer);
      for (int i = 0; i < weights.length; i++) {
        assertThat(weights[i] == 0).isEqualTo(before[i] == 0);
      }
    }
    float[] outputs = outputs(converted.simulated());
    float[] expected = outputs(trained);
    for (int i = 0; i < outputs.length; i++) {
      assertThat(outputs[i]).isCloseTo(expected[i], within(1e-4f));
    }
  }

  @Test
  void aCentroidLearnsFromTheSumOfItsWeightsGradients() {
    float[] weights = {1, 1.2f, -1, 0, -1.4f, 1.1f};
    float[] gradients = {1, 2, 4, 8, 16, 32};
    Clustering clusters = Clustering.of(weights, 2, new Start.Linear());

    float[] found = SharedGradients.of(clusters, weights, gradients);

    assertThat(clusters.labels()).containsExactly(1, 1, 0, -1, 0, 1);
    assertThat(found).containsExactly(4 + 16, 1 + 2 + 32);
  }

  @Test
  void whatIsPrunedLaterStaysZero() {
    Network prepared = Qat.sharing(new PaletteFormat(3)).prepare(NET);
    Network pruned = Pruning.plan().sparsity(0.8).prune(prepared);
    QuantizedGraph converted = Qat.convert(pruned);

    assertThat(pruned.mask().sparsity()).isEqualTo(0.8, within(0.01));
    for (String layer : NET.layers()) {
      float[] weights = converted.rounded().weights(layer);
      float[] kept = pruned.weights(layer);
      for (int i = 0; i < weights.length; i++) {
        assertThat(weights[i] == 0).isEqualTo(kept[i] == 0);
      }
    }
  }

  @Test
  void recurrentLayersShareToo() {
    Network lstm = new CharLstm(8).initialize(1);
    QuantizedGraph converted = Qat.convert(Qat.sharing(new PaletteFormat(2)).prepare(lstm));

    converted
        .forms()
        .keySet()
        .forEach(
            weight ->
                assertThat(distinct(converted.network().values(weight)).size()).isLessThan(5));
    assertThat(converted.forms()).hasSize(3);
  }

  @Test
  void aSharedNetworkIsSmallAsAFile() {
    Network sparse = Pruning.plan().sparsity(0.9).prune(new Lenet300100().initialize(1));
    QuantizedGraph converted = Qat.convert(Qat.sharing(new PaletteFormat(5)).prepare(sparse));
    long size = Encoded.of(Quantized.of(sparse, converted)).size();

    assertThat(size).isLessThan(Encoded.of(sparse).size() / 3);
  }

  @Test
  void sharedValuesAreTrainedAndTheFilePredictsAsTheNetworkDoes() {
    Training plan =
        Training.defaults()
            .optimizer(new Sgd(0.05).momentum(0.9))
            .batch(32)
            .until(Step.epochs(3))
            .evaluateEvery(Step.epochs(3));
    Dataset digits = Datasets.digits();
    Network dense = plan.train(new Convnet(8, 12).input(1, 8, 8).initialize(3), digits);
    Network sparse = plan.train(Pruning.plan().sparsity(0.5).prune(dense), digits);
    double before = Evaluator.measure(sparse, digits.test()).accuracy();

    QatTrained trained =
        Qat.sharing(new PaletteFormat(2))
            .training(plan.optimizer(new Sgd(0.01).momentum(0.9)))
            .train(sparse, digits);
    Quantized raw = Quantization.plan().weightOnly().weights(new PaletteFormat(2)).quantize(sparse);
    double shared = Evaluator.measure(trained.quantized(), digits.test()).accuracy();

    assertThat(shared).isGreaterThan(before - 0.05);
    assertThat(shared).isGreaterThan(Evaluator.measure(raw, digits.test()).accuracy());
    Network back = Encoded.of(trained).network();
    assertThat(Evaluator.measure(back, digits.test()).accuracy()).isEqualTo(shared);
    assertThat(NetworkSize.of(trained).packedBytes()).isEqualTo(Encoded.of(trained).size());
  }

  @Test
  void plansThatShareNothingAreRefused() {
    Quantization alone = Quantization.plan().weightOnly();

    assertThatThrownBy(() -> Qat.of(alone.weights(FloatFormat.FP16)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "quantization-aware training of weights alone trains values that they share, found fp16; use .weights(palette(5)), .weights(binary()) or .weights(ternary()), or leave weightOnly() out");
    assertThatThrownBy(() -> Qat.sharing(new PaletteFormat(5)).unfolded())
        .hasMessage(
            "weights of few values have no other scales, found unfolded() besides; leave it out");
    assertThatThrownBy(() -> Qat.sharing(new PaletteFormat(5)).learned())
        .hasMessageContaining("found learned() besides");
  }
}
