package kerf.qat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import kerf.data.Dataset;
import kerf.data.Datasets;
import kerf.model.Architecture;
import kerf.model.Convnet;
import kerf.model.Mlp;
import kerf.model.Outputs;
import kerf.quantization.PackedNetwork;
import kerf.quantization.Quantized;
import kerf.scheme.BinaryFormat;
import kerf.scheme.LowBitFormat;
import kerf.scheme.TernaryFormat;
import kerf.training.Evaluator;
import kerf.training.Sgd;
import kerf.training.Step;
import kerf.training.Training;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PackedNetworkTest {
  private static final Dataset DIGITS = Datasets.digits();
  private static final Training TRAINING =
      Training.defaults().optimizer(new Sgd(0.05)).batch(32).until(Step.iterations(60));

  static Stream<Arguments> networks() {
    return Stream.of(
            new BinaryFormat(BinaryFormat.Scaling.CHANNEL, false),
            new BinaryFormat(BinaryFormat.Scaling.NONE, false),
            TernaryFormat.plain(),
            TernaryFormat.plain().learned())
        .flatMap(
            format ->
                Stream.of(
                    Arguments.of(format, Mlp.of(64, 48, 40, 10)),
                    Arguments.of(format, new Convnet(6, 10).input(1, 8, 8))));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void aPackedNetworkAnswersAsTheTrainedOne(LowBitFormat format, Architecture architecture) {
    QatTrained trained =
        Qat.plan()
            .weights(format)
            .binaryInputs()
            .training(TRAINING)
            .train(architecture.initialize(1), DIGITS);
    PackedNetwork packed = PackedNetwork.of(trained.quantized());
    int batch = 200;

    float[] expected =
        Outputs.of(trained, DIGITS.test().first(batch).inputs(), Outputs.batch(trained, batch));
    float[] found = packed.outputs(DIGITS.test().first(batch).inputs(), batch);

    assertThat(packed.packedLayers()).hasSize(1);
    for (int i = 0; i < found.length; i++) {
      assertThat(found[i]).isCloseTo(expected[i], within(1e-3f));
    }
    assertThat(packed.accuracy(DIGITS.test()))
        .isCloseTo(
            Evaluator.measure(trained, DIGITS.test(), TRAINING.loss()).accuracy(), within(0.005));
  }

  @Test
  void aNetworkThatReadsFloatsIsRefused() {
    Quantized quantized =
        Qat.plan()
            .weights(TernaryFormat.plain())
            .training(TRAINING)
            .train(Mlp.of(64, 48, 40, 10).initialize(1), DIGITS)
            .quantized();

    assertThatThrownBy(() -> PackedNetwork.of(quantized))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "bits are counted where binary or ternary weights read signs, found no such layer in mlp(64-48-40-10")
        .hasMessageEndingWith("train with qat().weights(binary()).binaryInputs()");
  }
}
