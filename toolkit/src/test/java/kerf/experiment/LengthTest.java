package kerf.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LengthTest {
  @Test
  void wordsAreReadAsPeopleWriteThem() {
    assertThat(Length.parse(" Standard ")).isEqualTo(Length.STANDARD);
  }

  @Test
  void anotherWordIsRefusedWithTheWordsThereAre() {
    assertThatThrownBy(() -> Length.parse("long"))
        .hasMessage("KERF_LENGTH must be smoke, quick, standard or full, found 'long'");
  }
}
