package kerf.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** PyTorch in a process of its own, which computes only while it is asked to. */
final class Peer implements AutoCloseable {
  private final Process process;
  private final BufferedReader answers;
  private final PrintWriter requests;

  private Peer(Process process) {
    this.process = process;
    this.answers = process.inputReader(StandardCharsets.UTF_8);
    this.requests = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
  }

  /** Whether {@code -Dkerf.python=PATH} names a Python with torch. */
  static boolean wanted() {
    return !System.getProperty("kerf.python", "").isBlank();
  }

  static Peer start() {
    try {
      return new Peer(
          new ProcessBuilder(
                  System.getProperty("kerf.python"), System.getProperty("kerf.benchmark.peer"))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** CPU milliseconds a step. */
  double steps(String net, double density, String adam, int steps) {
    return ask(net + " " + density + " " + adam + " " + steps);
  }

  /** CPU milliseconds a step of quantization-aware training. */
  double qatSteps(String net, String adam, int steps) {
    return ask("qat " + net + " " + adam + " " + steps);
  }

  /** CPU milliseconds to fake-quantize a tensor. */
  double fakeQuantize(int elements) {
    return ask("fake " + elements);
  }

  /** CPU milliseconds to prune linear layers together. */
  double prune(int layers, int inputs, int outputs, double sparsity) {
    return ask("prune " + layers + " " + inputs + " " + outputs + " " + sparsity);
  }

  /**
   * CPU milliseconds of scikit-learn's k-means over normal numbers from evenly spaced centroids.
   */
  double kMeans(int elements, int clusters) {
    return ask("kmeans " + elements + " " + clusters);
  }

  private double ask(String request) {
    requests.println(request);
    try {
      String answer = answers.readLine();
      if (answer == null) {
        throw new IllegalStateException(
            "the Python of -Dkerf.python must have torch, found that it ended; see its message");
      }
      return Double.parseDouble(answer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
