package kerf.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import kerf.data.Datasets;
import kerf.data.Samples;
import kerf.model.CharLstm;
import kerf.model.Network;
import kerf.quantization.Quantization;
import kerf.training.Adam;
import kerf.training.NextCharacter;
import kerf.training.Step;
import kerf.training.Training;
import org.junit.jupiter.api.Test;

class CharacterCardTest {
  private static final Samples TEXT = Datasets.tinyShakespeare(16).test().first(300);

  @Test
  void eightBitsForetellAsWellInAThirdOfTheBytes() {
    Network network =
        Training.defaults()
            .loss(new NextCharacter())
            .optimizer(new Adam(1e-2))
            .until(Step.iterations(80))
            .train(
                new CharLstm(32).length(16).initialize(1),
                Datasets.tinyShakespeare(16).sample(2000, 50, 50, 1));
    CharacterCard.Scores scores =
        CharacterCard.of(TEXT)
            .network("float", network)
            .network("int8", Quantization.plan().dynamic().quantize(network))
            .network("int4", Quantization.plan().dynamic().bits(4).quantize(network))
            .measure();
    CharacterCard.Row floats = scores.rows().get(0);
    CharacterCard.Row integers = scores.rows().get(1);
    assertThat(floats.bits()).isLessThan(4.9);
    assertThat(floats.perplexity()).isCloseTo(Math.pow(2, floats.bits()), within(1e-9));
    assertThat(integers.bits()).isNotEqualTo(floats.bits()).isCloseTo(floats.bits(), within(0.02));
    // Gates: inputs, state and two biases; then 65 outputs of 32 and a bias.
    assertThat(floats.bytes()).isEqualTo(4L * (128 * (65 + 32 + 2) + 65 * 33));
    assertThat(floats.file()).isGreaterThan(floats.bytes());
    assertThat(integers.file()).isLessThan(floats.file() / 2);
    assertThat(integers.ratio()).isBetween(0.25, 0.32);
    assertThat(scores.rows().get(2).file()).as("ONNX has no inputs of 4 bits").isNull();
    assertThat(scores.bundle().text()).contains("perplexity");
  }

  @Test
  void aCardNeedsNetworksOfDifferentNames() {
    CharacterCard card = CharacterCard.of(TEXT);
    Network network = new CharLstm(2).length(16).initialize(1);
    assertThatThrownBy(card::measure)
        .hasMessage("a card needs at least one network, found none; add .network(\"float\", net)");
    assertThatThrownBy(() -> card.network("a", network).network("a", network))
        .hasMessage("a row needs a name of its own, found 'a' twice");
  }
}
