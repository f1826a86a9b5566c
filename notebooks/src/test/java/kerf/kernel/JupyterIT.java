package kerf.kernel;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The packaged kernel and its launchers under a real Jupyter; the tests themselves are Python's.
 */
class JupyterIT {
  private static final Path NOTEBOOKS = Path.of(System.getProperty("kerf.notebooks"));

  @ParameterizedTest
  @ValueSource(strings = {"test_kernel", "test_conformance", "test_torture", "test_run"})
  @DisplayName("src/test/python")
  void passes(String suite) throws IOException, InterruptedException {
    if (System.getProperty("kerf.jupyter").equals("skip")) {
      abort(suite + ".py not run: -Dkerf.jupyter=skip; leave that out to test under Jupyter");
    }
    ProcessBuilder builder =
        new ProcessBuilder("sh", "launch/python", "-m", "unittest", "-v", suite)
            .directory(NOTEBOOKS.toFile())
            .redirectErrorStream(true);
    builder.environment().put("PYTHONPATH", NOTEBOOKS.resolve("src/test/python").toString());
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    builder
        .environment()
        .put("KERF_TEST_CLASSES", NOTEBOOKS.resolve("target/test-classes").toString());
    // The launchers are to find the JDK that runs this test.
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    process.getOutputStream().close();
    String output;
    try (InputStream stream = process.getInputStream()) {
      output = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
    int status = process.waitFor();
    // Their own summaries: which of Jupyter's tests ran, and how soon interrupts were answered.
    if (!suite.equals("test_run")) {
      System.out.println(suite + ".py:\n" + output);
    }
    if (status != 0) {
      fail(
          suite
              + ".py ended with status "
              + status
              + " (without Python, -Dkerf.jupyter=skip leaves it out):\n"
              + output);
    }
  }
}
