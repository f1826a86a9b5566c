package kerf.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MallocTest {
  /** Of one tensor of 36 MiB, more than what glibc keeps unless told to. */
  private static final int PAGES = (36 << 20) / 4_096;

  @Test
  void onUnlessSwitchedOff() {
    assertThat(Malloc.parse(Optional.empty())).isTrue();
    assertThat(Malloc.parse(Optional.of("on"))).isTrue();
    assertThat(Malloc.parse(Optional.of(" off "))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "false", "0"})
  void whatIsNeitherIsRefused(String words) {
    assertThatThrownBy(() -> Malloc.parse(Optional.of(words)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "kerf.malloc must be on or off, found '%s'; start Java with -Dkerf.malloc=off, or leave it out"
                .formatted(words));
  }

  /**
   * In processes of their own: the allocator of this one has a history. A thread has stretches of
   * 64 MiB of its own, of which glibc gives an empty one back whatever it was told: every other
   * time.
   */
  @Test
  @EnabledOnOs(OS.LINUX)
  void memoryOfFreedTensorsIsUsedAgain() throws Exception {
    assertThat(faults("on")).isLessThan(7 * PAGES);
    assertThat(faults("off")).isGreaterThan(9 * PAGES);
  }

  private static long faults(String malloc) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Dkerf.malloc=" + malloc,
            "-cp",
            System.getProperty("java.class.path"),
            MallocTest.class.getName());
    builder.environment().keySet().removeIf(name -> name.startsWith("MALLOC_"));
    Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (BufferedReader lines = process.inputReader()) {
      return Long.parseLong(lines.lines().reduce((one, next) -> next).orElseThrow());
    }
  }

  /**
   * Prints the page faults of making a tensor ten times.
   *
   * @param none nothing
   * @throws Exception if the system does not tell
   */
  public static void main(String... none) throws Exception {
    try (Scope scope = Scope.open()) {
      for (int time = 0; time < 3; time++) {
        allocate(scope);
      }
      long before = faults();
      for (int time = 0; time < 10; time++) {
        allocate(scope);
      }
      System.out.println(faults() - before);
    }
  }

  private static void allocate(Scope scope) {
    Scope.passing(() -> scope.zeros(9 << 20));
  }

  /** Field 10 of {@code proc(5)}'s stat, counted behind the name, which may hold spaces. */
  private static long faults() throws Exception {
    String line = Files.readString(Path.of("/proc/thread-self/stat"));
    return Long.parseLong(line.substring(line.lastIndexOf(')') + 2).split(" ")[7]);
  }
}
