package kerf.argument;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {
  private static final List<String> LAYERS = List.of("conv1", "conv2", "fc10", "output");

  @ParameterizedTest
  @CsvSource({
    "convl, conv1",
    "CONV2, conv2",
    "cnv1, conv1",
    "fc1O, fc10",
    "outptu, output",
    "conv2.weight, conv2"
  })
  void aNameNearByIsTheCure(String asked, String cure) {
    assertThat(Names.listed(asked, LAYERS)).isEqualTo("conv1, conv2, fc10, output; write " + cure);
  }

  @ParameterizedTest
  @CsvSource({"conv3", "conv11", "fc1", "dense", "x", "''", "fc"})
  void noNameIsOfferedWhereNoneOrSeveralAreNear(String asked) {
    assertThat(Names.listed(asked, LAYERS)).isEqualTo("conv1, conv2, fc10, output");
  }

  @Test
  void nothingIsOfferedOfNoNames() {
    assertThat(Names.listed("fc1", List.of())).isEmpty();
  }
}
