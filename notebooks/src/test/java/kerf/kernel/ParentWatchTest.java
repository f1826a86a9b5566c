package kerf.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParentWatchTest {
  @Test
  void tellsWhenTheParentEnds() throws Exception {
    Process parent =
        new ProcessBuilder(System.getProperty("java.home") + "/bin/java", "-version")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    CountDownLatch gone = new CountDownLatch(1);
    ParentWatch.start(String.valueOf(parent.pid()), "Linux", gone::countDown);
    gone.await();
    assertThat(parent.isAlive()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({", Linux", "no number, Linux", "1, Windows 11"})
  void watchesNothingItCannotKnow(String pid, String system) {
    AtomicBoolean gone = new AtomicBoolean();
    ParentWatch.start(pid, system, () -> gone.set(true));
    assertThat(gone).isFalse();
  }
}
