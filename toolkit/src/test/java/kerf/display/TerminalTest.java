package kerf.display;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TerminalTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private Terminal terminal(boolean interactive, Charset charset) {
    PrintStream outs = new PrintStream(out, true, StandardCharsets.UTF_8);
    PrintStream errs = new PrintStream(err, true, StandardCharsets.UTF_8);
    return new Terminal(() -> outs, () -> errs, interactive, charset);
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }

  @Test
  void valuesGoToStandardOutputAsText() {
    Terminal terminal = terminal(true, StandardCharsets.UTF_8);
    terminal.show(Bundle.of("figure").html("<b>figure</b>"));
    terminal.show(12);
    assertThat(text(out)).isEqualTo("figure\n12\n");
    assertThat(text(err)).isEmpty();
  }

  @Test
  void aChangingValueIsOneLineWrittenOver() {
    Screen.Live live = terminal(true, StandardCharsets.UTF_8).live();
    live.update(Bundle.of("12 of 20"));
    live.update(Bundle.of("done"));
    live.finish(Bundle.of("x".repeat(200)));
    assertThat(text(err)).isEqualTo("\r12 of 20\rdone    \r" + "x".repeat(99) + "…\n");
    assertThat(live.pace()).isEqualTo(Duration.ofMillis(100));
  }

  @Test
  void inAFileItIsALineNowAndThenInWhatTheFileCanHold() {
    Screen.Live live = terminal(false, StandardCharsets.US_ASCII).live();
    live.update(Bundle.of("1 of 2 · seed 1"));
    live.finish(Bundle.of("2 of 2"));
    assertThat(text(err)).isEqualTo("1 of 2 - seed 1\n2 of 2\n");
    assertThat(live.pace()).isEqualTo(Duration.ofSeconds(10));
  }
}
