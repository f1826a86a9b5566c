package kerf.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import kerf.data.Datasets;
import kerf.model.CharLstm;
import kerf.model.Mlp;
import kerf.model.Network;
import kerf.model.ParameterSpec;
import org.junit.jupiter.api.Test;

class ContinuationTest {
  private static final CharLstm TINY = new CharLstm(2).length(4);

  /** All weights 0 but the last layer's bias, which leaves one character. */
  private static Network only(char character) {
    Map<String, float[]> values = new LinkedHashMap<>();
    for (ParameterSpec spec : TINY.structure().parameters()) {
      values.put(spec.name(), new float[spec.size()]);
    }
    values.get("fc1.bias")[Datasets.tinyShakespeareAlphabet().indexOf(character)] = 1000;
    return new Network(TINY, values);
  }

  @Test
  void theAlphabetIsInTheOrderOfTheNumbers() {
    String alphabet = Datasets.tinyShakespeareAlphabet();
    assertThat(alphabet).hasSize(65).startsWith("\n !$&',-.3:;?ABC").endsWith("xyz");
    float first = Datasets.tinyShakespeare(16).validation(0, 0).train().inputs()[0];
    assertThat(alphabet.charAt((int) first)).isEqualTo('F');
  }

  @Test
  void whatIsLikelyIsWritten() {
    assertThat(Continuation.of(only('e'), "Th", 6, 1)).isEqualTo("Theeeeee");
  }

  @Test
  void seedsDecide() {
    Network network = TINY.initialize(1);
    String one = Continuation.of(network, "A", 20, 1);
    assertThat(Continuation.of(network, "A", 20, 1)).isEqualTo(one).hasSize(21);
    assertThat(Continuation.of(network, "A", 20, 2)).isNotEqualTo(one);
  }

  @Test
  void unknownCharactersAreRefused() {
    Network network = TINY.initialize(1);
    assertThatThrownBy(() -> Continuation.of(network, "", 1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a continuation needs a beginning of one character or more, found none; write \"ROMEO:\"");
    assertThatThrownBy(() -> Continuation.of(network, "A#", 1, 0))
        .hasMessage(
            "a beginning must be of the characters %s, found '#'",
            Datasets.tinyShakespeareAlphabet().substring(1));
  }

  @Test
  void whatCannotBeContinuedIsRefused() {
    assertThat(Continuation.of(only('e'), "Th", 0, 1)).isEqualTo("Th");
    assertThatThrownBy(() -> Continuation.of(TINY.initialize(1), "A", -1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a continuation must add 0 characters or more, found -1");
    Network pictures = Mlp.of(64, 10).initialize(0);
    assertThatThrownBy(() -> Continuation.of(pictures, "A", 1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a continuation needs a network from characters to 65 characters, found mlp(64-10, relu, glorotNormal) from [64] to [10]; take charLstm(128)");
  }
}
