package kerf.quantization;

import static kerf.model.SmallNets.random;
import static kerf.model.SmallNets.unbiased;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import java.util.List;
import kerf.data.Dataset;
import kerf.model.Network;
import kerf.model.Outputs;
import kerf.random.RandomStream;
import kerf.training.TrainedDigits;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class IntegerNetworkTest {
  private static final float[] CALIBRATION = RandomStream.of(9, "calibration").gaussians(14_400, 1);

  private static Quantized quantized(Network network, Quantization plan) {
    long[] shape = network.architecture().structure().inputShape();
    int size = (int) (shape[0] * shape[1] * shape[2]);
    float[] batch = java.util.Arrays.copyOf(CALIBRATION, CALIBRATION.length / size * size);
    return plan.prepare(network).calibrate(List.of(batch), shape).convert();
  }

  @Test
  void everyNodeOfAPlainNetworkIsComputedInIntegers() {
    Quantized quantized = quantized(Nets.plain(), Quantization.plan());

    IntegerNetwork.Result result = run(quantized);

    assertThat(result.integerNodes())
        .containsExactly("conv1", "relu1", "maxpool1", "conv2", "relu2", "flatten1", "fc1");
    assertClose(quantized, result);
  }

  @Test
  void sumsAndMeansAreComputedInIntegers() {
    Quantized quantized = quantized(Nets.residual(), Quantization.plan().ends());

    IntegerNetwork.Result result = run(quantized);

    assertThat(result.integerNodes())
        .containsExactly("conv1", "relu1", "conv2", "add1", "relu2", "globalavgpool1", "fc1");
    assertClose(quantized, result);
  }

  @Test
  void whatStaysFloatIsComputedInFloatsAndRoundedAtTheNextPoint() {
    Quantized quantized = quantized(Nets.plain(), Quantization.plan().keepFloat("conv1"));

    IntegerNetwork.Result result = run(quantized);

    assertThat(result.integerNodes())
        .containsExactly("maxpool1", "conv2", "relu2", "flatten1", "fc1");
    assertClose(quantized, result);
  }

  @Test
  void stridesGroupsMeansAndOtherActivations() {
    Network network =
        random(
            new SequentialBlock()
                .add(
                    Conv2d.builder()
                        .setFilters(4)
                        .setKernelShape(new Shape(3, 2))
                        .optStride(new Shape(2, 1))
                        .optGroups(2)
                        .build())
                .add(Activation::relu6)
                .add(Pool.avgPool2dBlock(new Shape(2, 2), new Shape(1, 2)))
                .add(unbiased(3))
                .add(Activation::tanh)
                .add(Blocks.batchFlattenBlock())
                .add(Linear.builder().setUnits(4).build()),
            4,
            9,
            9);
    Quantized quantized = quantized(network, Quantization.plan().perTensor());

    IntegerNetwork.Result result = run(quantized);

    assertThat(result.integerNodes())
        .containsExactly("conv1", "relu6_1", "avgpool1", "conv2", "flatten1", "fc1");
    assertClose(quantized, result);
  }

  @Test
  void theTwoArithmeticsDifferByAQuantumAtMost() {
    Quantized quantized = quantized(Nets.plain(), Quantization.plan());
    float[] input = java.util.Arrays.copyOf(CALIBRATION, 2 * 144);

    IntegerNetwork fixed = IntegerNetwork.of(quantized.form());
    int[] one = fixed.run(input, 2).integers("relu1");
    int[] other = fixed.arithmetic(Arithmetic.FLOAT_RESCALING).run(input, 2).integers("relu1");

    for (int i = 0; i < one.length; i++) {
      assertThat(one[i]).isCloseTo(other[i], Offset.offset(1));
    }
  }

  @Test
  void filtersOfZerosKeepTheirBias() {
    Network network = Nets.plain();
    float[] weights = network.values("conv2.weight");
    java.util.Arrays.fill(weights, 0, 36, 0f);
    java.util.Map<String, float[]> values = new java.util.HashMap<>();
    network
        .architecture()
        .structure()
        .parameters()
        .forEach(spec -> values.put(spec.name(), network.values(spec.name())));
    values.put("conv2.weight", weights);
    values.put("conv2.bias", new float[] {300f, 1, 0, -1, 0.5f, 0});
    Quantized quantized = quantized(network.revalued(values), Quantization.plan());

    assertThat(quantized.values("conv2.bias")[0]).isCloseTo(300f, Offset.offset(0.01f));
    assertClose(quantized, run(quantized));
  }

  @Test
  void integersAgreeWithFakeQuantizationWithinAQuantum() {
    Dataset data = TrainedDigits.DATA;
    Network network = TrainedDigits.after(2);
    Quantized quantized =
        Quantization.plan().calibrateOn(data.train().first(128)).quantize(network);

    Agreement agreement = Agreement.of(quantized, data.test().first(100));

    assertThat(agreement.rows())
        .allSatisfy(row -> assertThat(row.quanta()).isLessThanOrEqualTo(1))
        .allSatisfy(row -> assertThat(row.differ()).isLessThan(0.001));
    assertThat(agreement.agree()).isGreaterThanOrEqualTo(99);
    assertThat(agreement.rows().get(0).arithmetic()).isEqualTo("floats, rounded");
    assertThat(agreement.rows().get(1).arithmetic()).isEqualTo("integers");
    assertThat(agreement.toString()).startsWith(agreement.agree() + " of 100 images");
  }

  @Test
  void weightsAloneAreNoIntegerNetwork() {
    Quantized quantized = Quantization.plan().weightOnly().quantize(Nets.plain());

    assertThatThrownBy(() -> IntegerNetwork.of(quantized.form()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "integer arithmetic needs activations on grids, found weight-only quantization;"
                + " quantize with .calibrateOn(mnist().train().sample(512, 7))");
  }

  @Test
  void sixteenBitsAreSimulatedButNotSummedIn32() {
    Quantized quantized = quantized(Nets.plain(), Quantization.plan().bits(16));

    float[] expected = Nets.outputs(Nets.plain(), 3);
    float[] found = Nets.outputs(quantized, 3);
    for (int i = 0; i < found.length; i++) {
      assertThat(found[i]).isCloseTo(expected[i], Offset.offset(0.02f));
    }
    assertThatThrownBy(() -> IntegerNetwork.of(quantized.form()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "sums of 32 bits hold products of at most 8 by 8 bits, found input in uint16 [0, 65535]"
                + " affine per tensor; quantize with .bits(8) or less");
  }

  private static IntegerNetwork.Result run(Quantized quantized) {
    long[] shape = quantized.architecture().structure().inputShape();
    int size = (int) (shape[0] * shape[1] * shape[2]);
    float[] input = java.util.Arrays.copyOf(CALIBRATION, 4 * size);
    return IntegerNetwork.of(quantized.form()).run(input, 4);
  }

  private static void assertClose(Quantized quantized, IntegerNetwork.Result result) {
    long[] shape = quantized.architecture().structure().inputShape();
    int size = (int) (shape[0] * shape[1] * shape[2]);
    float[] input = java.util.Arrays.copyOf(CALIBRATION, 4 * size);
    float[] expected = Outputs.of(quantized, input, 4, shape[0], shape[1], shape[2]);
    float reach = 0;
    for (float each : expected) {
      reach = Math.max(reach, Math.abs(each));
    }
    float[] found = result.output();
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.length; i++) {
      assertThat(found[i]).isCloseTo(expected[i], Offset.offset(0.02f * reach));
    }
  }
}
