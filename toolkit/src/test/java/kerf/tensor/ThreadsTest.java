package kerf.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThreadsTest {
  @Test
  void oneUnlessAskedFor() {
    assertThat(Threads.parse(Optional.empty())).isOne();
    assertThat(Threads.parse(Optional.of("4"))).isEqualTo(4);
    assertThat(Threads.parse(Optional.of(" 2 "))).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "0", "-3", "", "1.5", "2000", "99999999999"})
  void whatIsNoNumberOfThreadsIsRefused(String words) {
    assertThatThrownBy(() -> Threads.parse(Optional.of(words)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "kerf.threads must be a whole number from 1 to 1024, found '%s'; start Java with -Dkerf.threads=1, or leave it out"
                .formatted(words));
  }

  /** Read anew whenever native memory is opened, not only when the engine starts. */
  @Test
  void everyScopeRefusesIt() {
    String before = System.getProperty("kerf.threads");
    System.setProperty("kerf.threads", "-3");
    try {
      for (int time = 0; time < 2; time++) {
        assertThatThrownBy(Scope::open)
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageStartingWith(
                "kerf.threads must be a whole number from 1 to 1024, found '-3'");
      }
    } finally {
      if (before == null) {
        System.clearProperty("kerf.threads");
      } else {
        System.setProperty("kerf.threads", before);
      }
    }
  }
}
