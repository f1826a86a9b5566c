package kerf.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.nn.core.Linear;
import java.util.Map;
import kerf.data.Datasets;
import kerf.data.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FitTest {
  private static final Samples DIGITS = Datasets.digits().test();

  @Test
  void imagesOfAnotherSizeAreRefusedWithTheCure() {
    Network network = new Lenet5().initialize(0);

    assertThatThrownBy(() -> Fit.require(network, DIGITS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "lenet5(glorotNormal) takes inputs of shape [1, 28, 28], found [1, 8, 8] in "
                + DIGITS
                + "; take data of that shape, or a network made for this one");
  }

  @Test
  void aNetworkThatCanBeMadeForOtherImagesSaysHow() {
    Network network = new CifarResnet(20).initialize(0);

    assertThatThrownBy(() -> Fit.require(network, DIGITS))
        .hasMessageContaining("takes inputs of shape [3, 32, 32], found [1, 8, 8]")
        .hasMessageEndingWith("or a network made for this one: .input(1, 8, 8)");
  }

  @Test
  void anInputOfOneAxisTakesImagesRowByRow() {
    assertThatCode(() -> Fit.require(Mlp.of(64, 10).initialize(0), DIGITS))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> Fit.require(Mlp.of(63, 10).initialize(0), DIGITS))
        .hasMessageContaining("takes inputs of shape [63], found [1, 8, 8]");
  }

  /** A layer that lays nothing out by itself. */
  @Test
  void aBlockOfOneAxisComputesOnImages() {
    Network network = Network.of(Linear.builder().setUnits(2).build(), 64);
    float[] inputs = DIGITS.first(3).inputs();
    int size = 3;
    Network flat = Mlp.of(64, 2).initialize(0).revalued(values(network));

    assertThat(Outputs.of(network, inputs, size, 1, 8, 8))
        .containsExactly(Outputs.of(flat, inputs, size, 1, 8, 8));
  }

  private static Map<String, float[]> values(Network network) {
    return Map.of(
        "fc1.weight", network.values("fc1.weight"), "fc1.bias", network.values("fc1.bias"));
  }

  @Test
  void charactersAndPicturesAreNotTakenForEachOther() {
    Samples characters = Datasets.tinyShakespeare(64).test().first(4);

    assertThatThrownBy(() -> Fit.require(new Lenet300100().initialize(0), characters))
        .hasMessageContaining("takes inputs of shape [1, 28, 28], found [1, 1, 64]");
    assertThatThrownBy(() -> Fit.require(new CharLstm(4).initialize(0), DIGITS))
        .hasMessageContaining("takes inputs of shape [1, 1, 64], found [1, 8, 8]");
    assertThatThrownBy(() -> Fit.require(Mlp.of(64, 65).initialize(0), characters))
        .hasMessageContaining("takes inputs of shape [64], found characters");
  }

  @Test
  void noSamplesAreRefused() {
    Samples none = DIGITS.first(0);

    assertThatThrownBy(() -> Fit.require(Mlp.of(64, 10).initialize(0), none))
        .hasMessage(
            "mlp(64-10, relu, glorotNormal) needs at least one sample to compute on, found none in "
                + none
                + "; take more, or hold some out with .validation(n, seed)");
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void aNumberThatIsNotFiniteIsFound(float bad) {
    Network network =
        Mlp.of(2, 1)
            .initialize(0)
            .revalued(Map.of("fc1.weight", new float[] {1, bad}, "fc1.bias", new float[] {0}));

    assertThat(network.finite()).isFalse();
    assertThat(network.toString())
        .endsWith("not finite: %s at index 1 of fc1.weight".formatted(bad));
    assertThatThrownBy(network::requireFinite)
        .isInstanceOf(DivergedException.class)
        .hasMessage(
            "mlp(2-1, relu, glorotNormal) holds %s at index 1 of fc1.weight, a number that is not finite: what made it diverged; train again with a smaller learning rate or .clipNorm(1), or take an earlier checkpoint"
                .formatted(bad));
    assertThatThrownBy(() -> Agreement.difference(network, network))
        .isInstanceOf(DivergedException.class);
    assertThat(network.masked(network.mask()).finite()).isFalse();
  }

  @Test
  void aBlockNeedsTheShapeOfOneInput() {
    assertThatThrownBy(() -> Network.of(Linear.builder().setUnits(2).build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a block needs the shape of one input, of 1 or more along each axis and without the batch, found []; write network(block, 1, 28, 28)");
    assertThatThrownBy(() -> Network.of(Linear.builder().setUnits(2).build(), 1, -28))
        .hasMessageContaining("found [1, -28]");
  }

  @Test
  void aBlockThatCannotComputeOnItsShapeIsRefusedAtOnce() {
    assertThatThrownBy(() -> Network.of(SmallNets.conv(4, 1), 784))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot compute on one input of shape [784]");
  }
}
