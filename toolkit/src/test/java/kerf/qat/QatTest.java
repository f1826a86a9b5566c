package kerf.qat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDList;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import kerf.data.Dataset;
import kerf.data.Datasets;
import kerf.data.SampleTensors;
import kerf.mask.LayerMask;
import kerf.mask.Mask;
import kerf.model.Convnet;
import kerf.model.Network;
import kerf.model.ParameterSpec;
import kerf.model.Session;
import kerf.observer.Observer;
import kerf.pruning.Pruning;
import kerf.quantization.Quantization;
import kerf.quantization.Quantized;
import kerf.random.RandomStream;
import kerf.scheme.IntegerFormat;
import kerf.scheme.QuantParams;
import kerf.tensor.Scope;
import kerf.trace.Graph;
import kerf.trace.Node;
import kerf.training.Adam;
import kerf.training.Checkpoint;
import kerf.training.Evaluator;
import kerf.training.Recalibration;
import kerf.training.Step;
import kerf.training.Trained;
import kerf.training.Training;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small net with batch normalization on UCI's digits. */
class QatTest {
  private static final Dataset DATA = Datasets.digits();
  private static final Training SHORT =
      Training.defaults()
          .optimizer(new Adam(3e-3))
          .batch(32)
          .until(Step.epochs(4))
          .evaluateEvery(Step.epochs(4));
  private static final Training PASS = SHORT.until(Step.epochs(1)).evaluateEvery(Step.epochs(1));
  private static final Network FLOAT =
      train(SHORT, new Convnet(8, 12).input(1, 8, 8).initialize(3));

  @TempDir Path folder;

  private static Trained train(Training training, Network network) {
    return training.resume(Checkpoint.start(network), DATA);
  }

  private static double accuracy(Network network) {
    return Evaluator.measure(network, DATA.test()).accuracy();
  }

  private static Map<String, float[]> values(Network network) {
    Map<String, float[]> values = new LinkedHashMap<>();
    for (ParameterSpec spec : network.architecture().structure().parameters()) {
      values.put(spec.name(), network.values(spec.name()));
    }
    return values;
  }

  private static float[] logits(Network network) {
    try (Scope scope = Scope.open()) {
      Session session = new Session(scope, network, RandomStream.of(0, "dropout"));
      return Scope.floats(session.forward(SampleTensors.of(DATA.test()).images(), false));
    }
  }

  @Test
  void trainingRecoversWhatRoundingTook() {
    Qat plan = Qat.plan().bits(3).perTensor().ends();
    double rounded =
        accuracy(
            Quantization.plan()
                .bits(3)
                .perTensor()
                .ends()
                .calibrateOn(DATA.train().sample(200, 7))
                .quantize(FLOAT));
    double learned = accuracy(Qat.convert(train(SHORT, plan.prepare(FLOAT))).simulated());

    assertThat(accuracy(FLOAT)).isGreaterThan(0.85);
    assertThat(rounded).isLessThan(accuracy(FLOAT) - 0.2);
    assertThat(learned)
        .as("half of the loss and more")
        .isGreaterThan((accuracy(FLOAT) + rounded) / 2);
  }

  @Test
  void whatIsConvertedComputesWhatWasTrained() {
    Network trained = train(PASS, Qat.plan().ends().prepare(FLOAT));
    Quantized quantized = Quantized.of(FLOAT, Qat.convert(trained));
    float[] expected = logits(trained);
    float[] found = logits(quantized);
    float quantum = quantized.form().points().get("fc1").params().get(0).scale();
    long same =
        IntStream.range(0, found.length)
            .filter(i -> Math.abs(found[i] - expected[i]) < quantum / 100)
            .count();

    // Biases are rounded too, to 32 bits, and scales may differ in their last bit, so a sum on the
    // edge may fall to the other side.
    for (int i = 0; i < found.length; i++) {
      assertThat(Math.abs(found[i] - expected[i])).isLessThan(1.5f * quantum);
    }
    assertThat(same / (double) found.length).isGreaterThan(0.97);
    assertThat(accuracy(quantized)).isEqualTo(accuracy(trained));
  }

  @Test
  void withoutFoldingWeightsAreConvertedToTheSameGridChannelByChannel() {
    Network trained = train(PASS, Qat.plan().bits(4).unfolded().prepare(FLOAT));

    assertThat(accuracy(Qat.convert(trained).simulated()))
        .isBetween(accuracy(trained) - 0.02, accuracy(trained) + 0.02);
  }

  @Test
  void runningRangesOfWeightsAreConvertedToNearlyTheSameGrid() {
    Network trained =
        train(PASS, Qat.plan().weightObserver(Observer.movingAverage(0.01)).prepare(FLOAT));

    assertThat(accuracy(Qat.convert(trained).simulated()))
        .isBetween(accuracy(trained) - 0.01, accuracy(trained) + 0.01);
  }

  @Test
  void prunedWeightsStayPruned() {
    Network sparse = Pruning.plan().sparsity(0.8).prune(FLOAT);
    Network trained = train(PASS, Qat.plan().bits(4).prepare(sparse));
    Quantized quantized = Quantized.of(sparse, Qat.convert(trained));

    assertThat(trained.mask()).isEqualTo(sparse.mask());
    assertThat(quantized.mask()).isEqualTo(sparse.mask());
    for (LayerMask layer : sparse.mask().layers()) {
      float[] latent = trained.weights(layer.name());
      float[] rounded = quantized.weights(layer.name());
      for (int i = 0; i < layer.size(); i++) {
        if (!layer.keeps(i)) {
          assertThat(latent[i]).isZero();
          assertThat(rounded[i]).isZero();
        }
      }
    }
  }

  @Test
  void aFilterWithoutWeightsStaysSilent() {
    LayerMask conv = FLOAT.mask().layer("conv2");
    Mask mask =
        Mask.of(
            FLOAT.mask().layers().stream()
                .map(
                    layer ->
                        layer.name().equals("conv2")
                            ? layer.without(IntStream.range(0, conv.size() / 12).toArray())
                            : layer)
                .toList());
    Network trained = train(PASS, Qat.plan().perTensor().prepare(FLOAT.masked(mask)));

    assertThat(trained.values("bn2.gamma")[0]).isZero();
    assertThat(trained.values("bn2.beta")[0]).isZero();
    assertThat(logits(trained)).doesNotContain(Float.NaN);
    assertThat(Qat.convert(trained).network().values("conv2.bias")[0]).isZero();
  }

  @Test
  void activationsAreRoundedWhereTheirReadersNeedThem() {
    Network prepared = Qat.plan().prepare(FLOAT);

    assertThat(Graph.of(prepared).nodes().stream().map(Node::name))
        .as("behind max pooling, where fewer numbers are left; the first convolution is float")
        .containsSubsequence("relu1", "maxpool1", "relu1.quantized", "conv2", "bn2", "relu2");
    assertThat(prepared.layers()).isEqualTo(FLOAT.layers());
    assertThat(Graph.of(prepared).macs()).isEqualTo(Graph.of(FLOAT).macs());
  }

  @Test
  void theSameSeedGivesTheSameNetwork() {
    Network one = train(PASS, Qat.plan().bits(4).prepare(FLOAT));
    Network other = train(PASS, Qat.plan().bits(4).prepare(FLOAT));

    values(one).forEach((name, own) -> assertThat(other.values(name)).containsExactly(own));
  }

  @Test
  void aPlanTrainsInOneStepAndLeavesItsStartAsItWas() {
    Map<String, float[]> before = values(FLOAT);
    QatTrained trained =
        Qat.of(Quantization.plan().bits(4).keepFloat("fc1"))
            .training(SHORT.until(Step.iterations(8)).evaluateEvery(Step.iterations(8)))
            .train(FLOAT, DATA);

    values(FLOAT).forEach((name, own) -> assertThat(own).containsExactly(before.get(name)));
    assertThat(trained.history().last().iteration()).isEqualTo(8);
    assertThat(trained.quantized().form().forms()).containsOnlyKeys("conv2.weight");
    assertThat(trained.quantized().original()).isSameAs(FLOAT);
    assertThat(trained.table().column(0).asStringColumn().asList())
        .contains("conv2.weight", "relu1");
    assertThat(trained.quantized().sqnr("relu1")).isBetween(5.0, 40.0);
    assertThat(trained.toString()).startsWith("qat convnet(8-12, 1×8×8, kaimingNormal)#");
  }

  @Test
  void filesKeepWhatWasLearned() {
    Network trained = train(PASS, Qat.plan().prepare(FLOAT));
    for (String name : List.of("qat.npz", "qat.safetensors")) {
      Path file = folder.resolve(name);
      trained.save(file);
      Network loaded = trained.architecture().load(file);

      values(trained)
          .forEach((own, values) -> assertThat(loaded.values(own)).containsExactly(values));
    }
  }

  @Test
  void recalibrationMeasuresStatisticsAndLeavesRanges() {
    Network trained = train(PASS, Qat.plan().prepare(FLOAT));
    Network recalibrated = Recalibration.recalibrated(trained, DATA.train().sample(200, 1));

    assertThat(recalibrated.values("relu1.range")).containsExactly(trained.values("relu1.range"));
    assertThat(recalibrated.values("bn1.runningMean"))
        .isNotEqualTo(trained.values("bn1.runningMean"));
    Training frozen = PASS.hook(Phase.freezeBatchNorm(Step.iterations(3)));
    Network stopped = train(frozen, Qat.plan().prepare(FLOAT));
    assertThatThrownBy(() -> Recalibration.recalibrated(stopped, DATA.train().sample(200, 1)))
        .hasMessage(
            "batch-norm statistics that are frozen cannot be measured anew, found such in"
                + " training; recalibrate before freezeBatchNorm, or the float network");
  }

  @Test
  void rangesThatWereNeverSeenAreNotConverted() {
    assertThatThrownBy(() -> Qat.convert(Qat.plan().prepare(FLOAT)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "relu1, relu2 saw nothing but zeros, so there are no scales to give; train the prepared network"
                + " first: qat().train(network, mnist())");
  }

  @Test
  void wrongUseIsRefused() {
    Network prepared = Qat.plan().prepare(FLOAT);
    String description = prepared.architecture().describe();
    assertThatThrownBy(() -> Qat.plan().prepare(prepared))
        .hasMessage(
            description
                + " is prepared for quantization-aware training already; prepare the float network,"
                + " or train this one on with training()");
    assertThatThrownBy(() -> Qat.convert(FLOAT))
        .hasMessage(
            "conversion needs a network prepared for quantization-aware training, found"
                + " convnet(8-12, 1×8×8, kaimingNormal); call qat().prepare(network) and train that");
    assertThatThrownBy(() -> Qat.plan().bits(9))
        .hasMessage("bits must be 2 to 8, 16 or 32, found 9");
    assertThatThrownBy(() -> Qat.plan().keepFloat("fc7").prepare(FLOAT))
        .hasMessage("no layer 'fc7' with weights in the network; it has conv1, conv2, fc1");
    assertThatThrownBy(() -> Qat.plan().keepFloat("conv2", "fc1").prepare(FLOAT))
        .hasMessage(
            "nothing of convnet(8-12, 1×8×8, kaimingNormal) is left to quantize; leave out"
                + " keepFloat, or add .ends(), which quantizes a first convolution of few channels"
                + " too");
    assertThatThrownBy(() -> Qat.plan().train(FLOAT, null))
        .hasMessage("data must be given, found null");
    assertThatThrownBy(() -> Qat.of(Quantization.plan().dynamic()))
        .hasMessage(
            "quantization-aware training rounds weights and activations by fixed grids, found a"
                + " dynamic plan; leave that word out");
    assertThatThrownBy(() -> Qat.plan().observer(Observer.kl()))
        .hasMessageStartingWith(
            "while a network trains, ranges of activations are averaged, found");
  }

  @Test
  void whatCannotBeTracedIsRefusedByNameAndLine() {
    Network network =
        Network.of(
            new SequentialBlock()
                .add(Linear.builder().setUnits(3).build())
                .add(new LambdaBlock(list -> new NDList(list.singletonOrThrow().cumSum(1)))),
            4);

    assertThatThrownBy(() -> Qat.plan().prepare(network))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cumSum")
        .hasMessageContaining("QatTest");
  }

  @Test
  void pointsAreOnTheGridsThatRan() {
    Network trained = train(PASS, Qat.plan().prepare(FLOAT));
    float[] range = trained.values("relu1.range");
    QuantParams params = Qat.convert(trained).points().get("relu1").params().get(0);

    assertThat(params.zeroPoint()).isZero();
    assertThat(params.scale()).isEqualTo((float) ((double) range[1] / 255));
    assertThat(IntegerFormat.unsigned(8).max()).isEqualTo(255);
  }
}
