package kerf.export;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A Python that has {@code onnx}: the property {@code kerf.python}, {@code python3}, or that of the
 * notebooks.
 */
final class OnnxPython {
  private final Path folder;
  private final String python;

  /** Skips the test where there is none; one that was asked for must have it. */
  OnnxPython(Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    String asked = System.getProperty("kerf.python", "");
    Optional<String> found = asked.isBlank() ? Optional.empty() : Optional.of(asked);
    for (String each : List.of("python3", "../notebooks/.venv/bin/python")) {
      found = found.isEmpty() && runs(each, "import onnx") ? Optional.of(each) : found;
    }
    assumeTrue(
        found.isPresent(), "no Python here has onnx; name one that has by -Dkerf.python=PATH");
    this.python = found.orElseThrow();
  }

  private boolean runs(String each, String script) throws InterruptedException {
    try {
      return started(each, script, List.of(), folder.resolve("asked.txt")) == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static int started(String python, String script, List<String> arguments, Path answer)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(python, "-c", script));
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(answer.toFile())
        .start()
        .waitFor();
  }

  /** What a script prints, errors too. */
  String answer(String script, List<String> arguments) throws IOException, InterruptedException {
    Path answer = folder.resolve("answer.txt");
    started(python, script, arguments, answer);
    return Files.readString(answer, StandardCharsets.UTF_8).strip();
  }
}
