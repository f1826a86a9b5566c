package kerf.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MlpTest {
  @ParameterizedTest
  @EnumSource(Activation.class)
  void hiddenLayersAreActivatedAndOutputsLinear(Activation activation) {
    Network network =
        Mlp.of(2, 2, 1)
            .activation(activation)
            .initialize(0)
            .revalued(
                Map.of(
                    "fc1.weight", new float[] {1, 0, 0, 1},
                    "fc1.bias", new float[] {.5f, 0},
                    "fc2.weight", new float[] {10, 100},
                    "fc2.bias", new float[] {1000}));
    double expected =
        switch (activation) {
          case TANH -> 1000 + 10 * Math.tanh(1.5) + 100 * Math.tanh(-2);
          case SIGMOID -> 1000 + 10 / (1 + Math.exp(-1.5)) + 100 / (1 + Math.exp(2));
          case RELU, RELU6 -> 1015;
        };

    // An image of one row and two columns.
    assertThat(Outputs.of(network, new float[] {1, -2}, 1, 1, 1, 2))
        .containsExactly(new float[] {(float) expected}, within(1e-3f));
  }

  @Test
  void prunableBiasesAreTheLastColumn() {
    Mlp own = Mlp.of(2, 2, 1).activation(Activation.TANH);
    Mlp prunable = own.prunableBiases();
    Network apart =
        own.initialize(0)
            .revalued(
                Map.of(
                    "fc1.weight", new float[] {1, 2, 3, 4},
                    "fc1.bias", new float[] {5, 6},
                    "fc2.weight", new float[] {7, 8},
                    "fc2.bias", new float[] {9}));
    Network together =
        prunable
            .initialize(0)
            .revalued(
                Map.of(
                    "fc1.weight", new float[] {1, 2, 5, 3, 4, 6},
                    "fc2.weight", new float[] {7, 8, 9}));
    float[] inputs = {.1f, -.2f, -.3f, .4f};

    assertThat(together.shape("fc1")).containsExactly(2, 3);
    assertThat(apart.mask().size()).isEqualTo(6);
    assertThat(together.mask().size()).isEqualTo(9);
    assertThat(Outputs.of(together, inputs, 2, 2))
        .containsExactly(Outputs.of(apart, inputs, 2, 2), within(1e-6f));
  }

  @Test
  void oneStructureServesAllOfAKind() {
    assertThat(Mlp.of(2, 2, 1).structure()).isSameAs(Mlp.of(2, 2, 1).structure());
    assertThat(Mlp.of(2, 2, 1).initialization(new Initialization.KaimingUniform()).structure())
        .isSameAs(Mlp.of(2, 2, 1).structure());
    assertThat(Mlp.of(2, 3, 1).structure()).isNotSameAs(Mlp.of(2, 2, 1).structure());
  }

  @Test
  void describesItself() {
    assertThat(Mlp.of(64, 30, 10).describe()).isEqualTo("mlp(64-30-10, relu, glorotNormal)");
    assertThat(Mlp.of(2, 2, 1).activation(Activation.TANH).prunableBiases().describe())
        .isEqualTo("mlp(2-2-1, tanh, prunable biases, glorotNormal)");
  }

  @Test
  void refusesWidthsThatAreNone() {
    assertThatThrownBy(() -> Mlp.of(3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "mlp needs the widths of two or more layers, each 1 or more, found [3]; write mlp(2, 2, 1)");
    assertThatThrownBy(() -> Mlp.of(3, 0, 1))
        .hasMessageStartingWith(
            "mlp needs the widths of two or more layers, each 1 or more, found");
  }

  @Test
  void theDigitNetIsAsLargeAsItSays() {
    Network network = new DigitNet().initialize(1);

    assertThat(network.mask().size()).isEqualTo(2_622);
    assertThat(
            network.architecture().structure().parameters().stream()
                .mapToInt(ParameterSpec::size)
                .sum())
        .isEqualTo(2_650);
    assertThat(Outputs.of(network, new float[128], 2, 1, 8, 8)).hasSize(20);
  }
}
