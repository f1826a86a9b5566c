package kerf.repair;

import static kerf.model.SmallNets.bn;
import static kerf.model.SmallNets.chain;
import static kerf.model.SmallNets.conv;
import static kerf.model.SmallNets.fc;
import static kerf.model.SmallNets.flat;
import static kerf.model.SmallNets.lived;
import static kerf.model.SmallNets.relu;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.nn.Activation;
import ai.djl.nn.Blocks;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.pooling.Pool;
import java.util.Map;
import kerf.data.Datasets;
import kerf.data.Samples;
import kerf.granularity.Granularity;
import kerf.model.CifarResnet;
import kerf.model.MobileNet;
import kerf.model.Network;
import kerf.pruning.Pruning;
import kerf.quantization.Folding;
import org.junit.jupiter.api.Test;

class EqualizationTest {
  private static final Samples DIGITS = Datasets.digits().test().first(40);

  /** Two neurons of ranges 4 and 1/4, read with 1 and 16: both sides become 2. */
  private static Network two() {
    return Nets.valued(
        Network.of(chain(fc(2), relu(), fc(1)), 2),
        Map.of(
            "fc1.weight", new float[] {4, -2, 0.125f, 0.25f},
            "fc1.bias", new float[] {2, 0.5f},
            "fc2.weight", new float[] {-1, 16},
            "fc2.bias", new float[] {3}));
  }

  @Test
  void bothSidesOfAChannelGetTheGeometricMeanOfTheirRanges() {
    Equalized equalized = Equalization.plan().equalize(two());

    assertThat(equalized.values("fc1.weight")).containsExactly(2, -1, 1, 2);
    assertThat(equalized.values("fc1.bias")).containsExactly(1, 4);
    assertThat(equalized.values("fc2.weight")).containsExactly(-2, 2);
    assertThat(equalized.values("fc2.bias")).containsExactly(3);
    assertThat(equalized.difference()).isLessThan(1e-6);
    assertThat(equalized.seams())
        .containsExactly(new EqualizedSeam("fc1", "fc2", 2, 1.0 / 16, 1, 1.0 / 16, 1, 0));
    assertThat(equalized.without()).containsExactly(Map.entry("fc2", "gives the network's output"));
    assertThat(equalized.toString())
        .contains("1 pair of layers equalized", "fc2 stays: gives the network's output");
  }

  @Test
  void channelsPassDepthwiseConvolutionsPoolingAndFlattening() {
    Network network =
        lived(
            chain(
                conv(4, 3, 1, 1),
                bn(),
                relu(),
                conv(4, 3, 1, 4),
                bn(),
                relu(),
                conv(6, 1, 0, 1),
                bn(),
                new LambdaBlock(x -> Activation.leakyRelu(x, 0.1f)),
                Pool.maxPool2dBlock(new ai.djl.ndarray.types.Shape(2, 2)),
                conv(6, 3, 1, 2),
                relu(),
                flat(),
                Blocks.identityBlock(),
                fc(5),
                relu(),
                fc(10)),
            1,
            8,
            8);

    Equalized equalized = Equalization.plan().equalize(network);

    assertThat(equalized.seams().stream().map(seam -> seam.layer() + "-" + seam.next()))
        .containsExactly("conv1-conv2", "conv2-conv3", "conv3-conv4", "conv4-fc1", "fc1-fc2");
    assertThat(Nets.outputs(equalized, DIGITS))
        .usingComparatorWithPrecision(1e-4f)
        .containsExactly(Nets.outputs(network, DIGITS));
    assertThat(equalized.seams())
        .allSatisfy(
            seam -> assertThat(seam.givenAfter()).isCloseTo(seam.readAfter(), within(1e-3)));
  }

  @Test
  void howChannelsWereScaledBeforeMakesNoDifference() {
    Network scaled =
        Nets.valued(
            two(),
            Map.of(
                "fc1.weight", new float[] {0.5f, -0.25f, 12.5f, 25},
                "fc1.bias", new float[] {0.25f, 50},
                "fc2.weight", new float[] {-8, 0.16f}));

    Equalized equalized = Equalization.plan().equalize(scaled);

    assertThat(equalized.values("fc1.weight"))
        .usingComparatorWithPrecision(1e-6f)
        .containsExactly(2, -1, 1, 2);
    assertThat(equalized.values("fc1.bias"))
        .usingComparatorWithPrecision(1e-6f)
        .containsExactly(1, 4);
    assertThat(equalized.values("fc2.weight"))
        .usingComparatorWithPrecision(1e-6f)
        .containsExactly(-2, 2);
  }

  @Test
  void aChannelWithoutWeightsStaysAsItIs() {
    Network silent = Nets.valued(two(), Map.of("fc1.weight", new float[] {4, -2, 0, 0}));

    Equalized equalized = Equalization.plan().equalize(silent);

    assertThat(equalized.values("fc1.weight")).containsExactly(2, -1, 0, 0);
    assertThat(equalized.values("fc1.bias")).containsExactly(1, 0.5f);
    assertThat(equalized.values("fc2.weight")).containsExactly(-2, 16);
  }

  @Test
  void prunedWeightsStayPruned() {
    Network network = new MobileNet(4, 6).input(1, 8, 8).initialize(3);
    Network pruned = Pruning.plan().granularity(Granularity.weights()).sparsity(0.5).prune(network);

    Equalized equalized = Equalization.plan().equalize(pruned);

    assertThat(equalized.mask()).isEqualTo(pruned.mask());
    float[] before = Folding.fold(pruned).weights("conv3");
    float[] after = equalized.weights("conv3");
    for (int i = 0; i < before.length; i++) {
      assertThat(after[i] == 0).isEqualTo(before[i] == 0);
    }
  }

  @Test
  void whereBranchesMeetChannelsStay() {
    Network network = new CifarResnet(8).widths(2, 3, 4).input(1, 8, 8).initialize(1);

    Equalized equalized = Equalization.plan().equalize(network);

    assertThat(equalized.seams().stream().map(seam -> seam.layer() + "-" + seam.next()))
        .containsExactly("conv2-conv3", "conv4-conv5", "conv7-conv8");
    assertThat(equalized.without())
        .containsEntry("conv1", "read by conv2 and add1")
        .containsEntry("conv3", "read by add1");
  }

  @Test
  void highBiasesMoveToTheNextLayer() {
    // Behind the normalization channel 0 has mean 5 and deviation 1: 5 - 3 = 2 is always there.
    Network network =
        Nets.valued(
            Network.of(chain(fc(2), bn(), relu(), fc(1)), 2),
            Map.of(
                "fc1.weight", new float[] {1, 0, 0, 1},
                "bn1.gamma", new float[] {1, 1},
                "bn1.beta", new float[] {5, 1},
                "fc2.weight", new float[] {1, 1},
                "fc2.bias", new float[] {3}));

    Equalized equalized = Equalization.plan().absorbing(3).equalize(network);

    assertThat(equalized.values("fc1.bias"))
        .usingComparatorWithPrecision(1e-4f)
        .containsExactly(3, 1);
    assertThat(equalized.values("fc2.bias")).usingComparatorWithPrecision(1e-4f).containsExactly(5);
    assertThat(equalized.seams().get(0).absorbed()).isEqualTo(1);
    assertThat(equalized.moments().get("fc1").means())
        .containsExactly(new double[] {3, 1}, within(1e-4));
  }

  @Test
  void aNetworkWithoutNeighboursIsRefused() {
    Network network = Network.of(chain(fc(3), new LambdaBlock(Activation::sigmoid), fc(2)), 4);

    assertThatThrownBy(() -> Equalization.plan().equalize(network))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "equalization needs two layers with only ReLU, pooling, dropout or flattening between them, found none in %s: fc1 Sigmoid does not let a factor pass; fc2 gives the network's output"
                .formatted(network.architecture().describe()));
  }

  @Test
  void wrongNumbersAreRefused() {
    Equalization plan = Equalization.plan();
    assertThatThrownBy(() -> plan.rounds(0)).hasMessage("rounds must be 1 or more, found 0");
    assertThatThrownBy(() -> plan.absorbing(-3))
        .hasMessage("absorbing(deviations) needs a number above 0, found -3.0; the article has 3");
  }
}
