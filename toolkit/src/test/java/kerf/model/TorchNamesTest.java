package kerf.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TorchNamesTest {
  @ParameterizedTest
  @CsvSource({
    "fc1.weight, fc1.weight",
    "bn1.gamma, bn1.weight",
    "bn1.beta, bn1.bias",
    "bn1.runningMean, bn1.running_mean",
    "bn1.runningVar, bn1.running_var",
    "lstm1.l_0_i2h_WEIGHT, lstm1.weight_ih_l0",
    "lstm1.l_11_h2h_BIAS, lstm1.bias_hh_l11",
    "lstm1.r_1_h2h_WEIGHT, lstm1.weight_hh_l1_reverse",
    "a.b.running_mean, a.b.running_mean",
    "beta, bias"
  })
  void spellsAsPyTorch(String name, String torch) {
    assertThat(TorchNames.of(name)).isEqualTo(torch);
  }

  @Test
  void countsNumbers() {
    List<String> names = List.of("layer10", "layer2.1", "layer2.0.conv10", "layer2.0.conv9");
    assertThat(names.stream().sorted(TorchNames::compare))
        .containsExactly("layer2.0.conv9", "layer2.0.conv10", "layer2.1", "layer10");
    assertThat(TorchNames.counted("layer2", "layer10")).isTrue();
    assertThat(TorchNames.counted("layer2.bn1", "layer2.downsample.1")).isFalse();
    assertThat(TorchNames.counted("decoder", "encoder")).isFalse();
  }
}
