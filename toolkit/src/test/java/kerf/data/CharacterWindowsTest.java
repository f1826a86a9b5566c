package kerf.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CharacterWindowsTest {
  private static Source read(String text, int length) {
    return CharacterWindows.read(
        "text", new DataFile("text.txt", text.getBytes(StandardCharsets.UTF_8)), length);
  }

  @Test
  void windowsAreLabelledWithWhatFollows() {
    // Numbers: a 0, b 1, c 2. Nine tenths of 40 characters are
    // "abcabcabcabcabcabcabcabcabcabcabcabc".
    Source source = read("abc".repeat(13) + "a", 2);
    assertThat(source.name()).isEqualTo("text-2");
    assertThat(source.classes()).isEqualTo(3);
    assertThat(source.train().size()).isEqualTo(17);
    assertThat(source.train().range(0, 2).pixels()).containsExactly(0, 1, 2, 0);
    assertThat(source.train().range(0, 2).labels()).containsExactly(2, 1);
    assertThat(source.test().pixels()).containsExactly(0, 1);
    assertThat(source.test().labels()).containsExactly(2);
  }

  @Test
  void otherThanAsciiIsRefused() {
    assertThatThrownBy(() -> read("caf\u00e9", 2))
        .isInstanceOf(DataFileException.class)
        .hasMessageContaining("expected ASCII characters, found byte 195 at position 3");
  }

  @Test
  void windowsMustFit() {
    assertThatThrownBy(() -> read("abc".repeat(20), 6))
        .hasMessage("windows of text must have 2 to 5 characters, found 6");
  }
}
