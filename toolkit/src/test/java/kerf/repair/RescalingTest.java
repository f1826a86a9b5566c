package kerf.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import kerf.data.Datasets;
import kerf.data.Samples;
import kerf.model.MobileNet;
import kerf.model.Network;
import kerf.quantization.Folding;
import org.junit.jupiter.api.Test;

class RescalingTest {
  private static final Samples DIGITS = Datasets.digits().test().first(20);

  @Test
  void outputsStayToTheLastBitAndEqualizationUndoesIt() {
    Network network = new MobileNet(4, 6).input(1, 8, 8).initialize(1);

    Network uneven = Rescaling.uneven(network, 4, 1);

    assertThat(uneven.values("conv2.weight")).isNotEqualTo(network.values("conv2.weight"));
    assertThat(Nets.outputs(uneven, DIGITS)).containsExactly(Nets.outputs(network, DIGITS));
    assertThat(Equalization.plan().equalize(uneven).values("conv2.weight"))
        .usingComparatorWithPrecision(1e-4f)
        .containsExactly(Equalization.plan().equalize(network).values("conv2.weight"));
    assertThat(Balance.evenness(sizes(Folding.fold(uneven))))
        .isLessThan(Balance.evenness(sizes(Folding.fold(network))));
    assertThatThrownBy(() -> Rescaling.uneven(network, 0, 1))
        .hasMessage("exponent must be 1 to 16, found 0");
  }

  private static double[] sizes(Network folded) {
    float[] weights = folded.values("conv1.weight");
    double[] sizes = new double[4];
    for (int i = 0; i < weights.length; i++) {
      sizes[i / 9] = Math.max(sizes[i / 9], Math.abs(weights[i]));
    }
    return sizes;
  }
}
