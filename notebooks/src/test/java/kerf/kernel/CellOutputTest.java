package kerf.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CellOutputTest {
  private final StringBuilder text = new StringBuilder();
  private final CellOutput output = new CellOutput(text::append);

  @Test
  void waitsForTheRestOfACharacter() {
    byte[] smile = "\uD83D\uDE00".getBytes(StandardCharsets.UTF_8);
    output.write(smile, 0, 3);
    assertThat(text).isEmpty();
    output.write(smile, 3, 1);
    assertThat(text).hasToString("\uD83D\uDE00");
  }

  @Test
  void replacesWhatIsNoCharacter() {
    output.write(0xFF);
    output.write('a');
    assertThat(text).hasToString("\uFFFDa");
  }
}
