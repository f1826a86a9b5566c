package kerf.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kerf.tensor.Scope;
import kerf.tensor.Value;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/**
 * Three steps of a linear classifier of three inputs and two classes on four rows. The expected
 * numbers are those of PyTorch 2.13:
 *
 * <pre>
 * w = torch.tensor([[.1, -.2, .3], [-.4, .5, -.6]], requires_grad=True)
 * b = torch.zeros(2, requires_grad=True)
 * x = torch.tensor([[1., 2, -1], [.5, -1, 3], [0, 1, .25], [2, -.5, 1]])
 * y = torch.tensor([0, 1, 1, 0])
 * o = torch.optim.SGD([w, b], lr=.5)  # and the others
 * for _ in range(3):
 *   o.zero_grad()
 *   F.cross_entropy(x @ w.T + b, y).backward()
 *   o.step()
 * </pre>
 */
class OptimizerTest {
  private static final double[] PLAIN = {
    0.33757478,
    0.19106312,
    -0.49048802,
    -0.63757479,
    0.10893683,
    0.19048804, //
    -0.10618026,
    0.10618027
  };

  @Test
  void sgd() {
    assertSteps(new Sgd(0.5), PLAIN);
  }

  @Test
  void sgdWithMomentumAndDecay() {
    assertSteps(
        new Sgd(0.5).momentum(0.9).weightDecay(0.01),
        0.56877440,
        0.67934144,
        -1.39869547,
        -0.86039531,
        -0.38772061,
        1.10707450, //
        -0.20660287,
        0.20660290);
  }

  /** With {@code torch.nn.utils.clip_grad_norm_([w, b], .5)} before each step. */
  @Test
  void sgdOfClippedGradients() {
    assertSteps(
        new Sgd(0.5).momentum(0.9).weightDecay(0.01).clipNorm(0.5),
        0.24495034,
        0.27855635,
        -0.55384541,
        -0.53657132,
        0.01306453,
        0.26222456, //
        -0.10488939,
        0.10488940);
  }

  @Test
  void gradientsBelowTheNormAreTakenAsTheyAre() {
    assertSteps(new Sgd(0.5).clipNorm(2), PLAIN);
  }

  @Test
  void clippingTwiceClipsOnce() {
    assertThat(new Sgd(0.1).clipNorm(5).clipNorm(1)).isEqualTo(new Sgd(0.1).clipNorm(1));
    assertThat(new Sgd(0.1).norm()).isInfinite();
  }

  @Test
  void adamWithDecay() {
    assertSteps(
        new Adam(0.05).weightDecay(0.01),
        0.24967934,
        -0.05027409,
        0.15014715,
        -0.54967040,
        0.35027230,
        -0.45014662, //
        -0.15014085,
        0.15014085);
  }

  private static void assertSteps(Optimizer optimizer, double... expected) {
    try (Scope scope = Scope.open()) {
      NDArray inputs =
          scope.tensor(new float[] {1, 2, -1, .5f, -1, 3, 0, 1, .25f, 2, -.5f, 1}, 4, 3);
      NDArray weight = scope.tensor(new float[] {.1f, -.2f, .3f, -.4f, .5f, -.6f}, 2, 3);
      NDArray bias = scope.zeros(2);
      weight.setRequiresGradient(true);
      bias.setRequiresGradient(true);
      Value labels = Value.of(scope.tensor(new long[] {0, 1, 1, 0}, 4));
      Value loss = Value.of(scope.zeros(1));
      Value parameters = Value.of(List.of(weight, bias));
      List<Value> state = new ArrayList<>();
      state.add(Value.of(List.of(scope.zeros(), scope.zeros())));
      optimizer
          .slots()
          .forEach(slot -> state.add(Value.of(List.of(scope.zeros(2, 3), scope.zeros(2)))));
      for (int step = 0; step < 3; step++) {
        Value logits = Value.of(Scope.recording(() -> inputs.matMul(weight.transpose()).add(bias)));
        List<Value> arguments = new ArrayList<>();
        Value gradients =
            new CrossEntropy()
                .arithmetic(scope)
                .gradients(new Batch(inputs, logits, labels), parameters, loss);
        Run.clip(optimizer, gradients);
        arguments.add(parameters);
        arguments.add(gradients);
        arguments.addAll(state);
        arguments.addAll(optimizer.arguments(optimizer.rate()));
        StepScript.SCRIPT.call(optimizer.function(), arguments.toArray(Value[]::new)).close();
      }
      float[] weights = Scope.floats(weight);
      float[] biases = Scope.floats(bias);
      for (int i = 0; i < expected.length; i++) {
        assertThat((double) (i < 6 ? weights[i] : biases[i - 6]))
            .as("element %d", i)
            .isCloseTo(expected[i], within(1e-6));
      }
    }
  }

  @Test
  void rememberWhatTheyNeed() {
    assertThat(new Sgd(0.1).slots()).isEmpty();
    assertThat(new Sgd(0.1).momentum(0.9).slots()).containsExactly("momentum");
    assertThat(new Adam(0.1).slots()).containsExactly("moment1", "moment2");
    assertThat(new Adam(0.1)).isEqualTo(new Adam(0.1, 0.9, 0.999, 1e-8, 0));
  }

  @Test
  void refuseNumbersOutOfRange() {
    Map<String, ThrowingCallable> wrong =
        Map.of(
            "learning rate must be above 0 and finite, found 0.0", () -> new Sgd(0),
            "learning rate must be above 0 and finite, found NaN", () -> new Adam(Double.NaN),
            "learning rate must be above 0 and finite, found Infinity",
                () -> new Adam(Double.POSITIVE_INFINITY),
            "momentum must be in [0.0, 1.0), found 1.0", () -> new Sgd(0.1).momentum(1),
            "weight decay must be 0 or more and finite, found -0.1",
                () -> new Sgd(0.1).weightDecay(-0.1),
            "weight decay must be 0 or more and finite, found -2.0",
                () -> new Adam(0.1).weightDecay(-2),
            "clipNorm must be above 0 and finite, found 0.0", () -> new Sgd(0.1).clipNorm(0),
            "beta1 must be in [0.0, 1.0), found 1.5", () -> new Adam(0.1, 1.5, 0.999, 1e-8, 0),
            "beta2 must be in [0.0, 1.0), found -1.0", () -> new Adam(0.1, 0.9, -1, 1e-8, 0),
            "epsilon must be above 0 and finite, found 0.0", () -> new Adam(0.1, 0.9, 0.999, 0, 0));
    wrong.forEach(
        (message, call) ->
            assertThatThrownBy(call)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message));
  }
}
