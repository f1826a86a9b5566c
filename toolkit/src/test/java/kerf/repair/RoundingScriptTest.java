package kerf.repair;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import kerf.tensor.Scope;
import kerf.tensor.Value;
import org.junit.jupiter.api.Test;

/**
 * Against the same loss written in PyTorch 2.13 with its autograd and {@code torch.optim.Adam}:
 *
 * <pre>
 * h = (torch.sigmoid(v) * 1.2 - .1).clamp(0, 1)
 * q = (low + h).clamp(-3, 3) * scale
 * loss = ((act(x[at] @ q.T + b) - act(y[at])) ** 2).sum(1).mean() / (scale ** 2 * (x ** 2).mean(0)).mean()
 * if t / 400 >= .2: loss += (1 - (2 * h - 1).abs() ** beta).sum()
 * </pre>
 */
class RoundingScriptTest {
  private static final int OUTPUTS = 4;
  private static final int FILTER = 9;
  private static final int ROWS = 40;
  private static final int STEPS = 400;
  private static final int BATCH = 16;

  @Test
  void decidesAsPyTorchDoes() {
    assertThat(rounded(0))
        .containsExactly(
            0, 1, 3, 3, 3, 3, 3, 2, 0, 0, -2, -3, -3, -3, -3, -3, -1, 1, 1, 2, 3, 3, 3, 3, 1, 0, -1,
            -1, -3, -3, -3, -3, -2, -1, 0, 1);
    assertThat(rounded(1))
        .containsExactly(
            0, 1, 3, 3, 3, 3, 3, 2, 0, 0, -2, -3, -3, -3, -3, -3, -1, 1, 1, 2, 3, 3, 3, 3, 1, 0, -1,
            -1, -3, -3, -3, -3, -2, -1, 0, 1);
  }

  private static int[] rounded(double rectified) {
    float[] weights = new float[OUTPUTS * FILTER];
    float[] scales = new float[weights.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) (Math.sin(i * 0.37) * 0.5);
      scales[i] = 0.1f + 0.02f * (i / FILTER);
    }
    float[] inputs = new float[ROWS * FILTER];
    for (int i = 0; i < inputs.length; i++) {
      int row = i / FILTER;
      int k = i % FILTER;
      inputs[i] = (float) (Math.cos(row * 1.3 + k * 0.7) + 0.2 * Math.sin(row * k * 0.31));
    }
    float[] biases = {-0.3f, -0.2f, -0.1f, 0};
    float[] targets = new float[ROWS * OUTPUTS];
    for (int i = 0; i < targets.length; i++) {
      double sum = biases[i % OUTPUTS];
      for (int k = 0; k < FILTER; k++) {
        sum += weights[i % OUTPUTS * FILTER + k] * inputs[i / OUTPUTS * FILTER + k];
      }
      targets[i] = (float) sum;
    }
    long[] index = new long[STEPS * BATCH];
    for (int i = 0; i < index.length; i++) {
      index[i] = (i / BATCH * 7L + i % BATCH * 3L) % ROWS;
    }
    try (Scope scope = Scope.open()) {
      NDArray bias = scope.tensor(biases, 1, 1, OUTPUTS);
      NDArray found =
          Rows.call(
              "round",
              bias,
              Value.of(scope.tensor(inputs, 1, ROWS, FILTER)),
              Value.of(scope.tensor(targets, 1, ROWS, OUTPUTS)),
              Value.of(scope.tensor(weights, 1, OUTPUTS, FILTER)),
              Value.of(scope.tensor(scales, 1, OUTPUTS, FILTER)),
              Value.of(scope.zeros(1, OUTPUTS, FILTER)),
              Value.of(bias),
              Value.of(scope.tensor(index, STEPS, BATCH)),
              Value.of(-3.0),
              Value.of(3.0),
              Value.of(rectified),
              Value.of(0.01),
              Value.of(1.0),
              Value.of(0.2));
      float[] values = Scope.floats(found);
      int[] integers = new int[values.length];
      for (int i = 0; i < integers.length; i++) {
        integers[i] = Math.round(values[i] / scales[i]);
      }
      return integers;
    }
  }
}
