package kerf.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.util.List;
import kerf.data.Datasets;
import kerf.model.CharLstm;
import kerf.model.Network;
import kerf.tensor.Scope;
import kerf.tensor.Value;
import org.junit.jupiter.api.Test;

class NextCharacterTest {
  /** Two characters, one window "01" followed by "1": the right ones are 1, then 1. */
  private static double[] measured(Loss loss, float... outputs) {
    try (Scope scope = Scope.open()) {
      NDArray sums = scope.tensor(new double[2], 2);
      try (Value total = Value.of(sums);
          Value made = Value.of(scope.tensor(outputs, 1, 2, 2));
          Value labels = Value.of(scope.tensor(new long[] {1}, 1))) {
        NDArray window = scope.tensor(new float[] {0, 1}, 1, 1, 1, 2);
        loss.arithmetic(scope).measure(new Batch(window, made, labels), total);
      }
      return sums.toDoubleArray();
    }
  }

  @Test
  void everyStepCounts() {
    // Equal outputs: ln 2 at each step. Then 1/4 and 3/4 for the right one, the second step right.
    assertThat(measured(new NextCharacter(), 0, 0, 0, 0)[0]).isCloseTo(Math.log(2), within(1e-6));
    float three = (float) Math.log(3);
    assertThat(measured(new NextCharacter(), three, 0, 0, three))
        .containsExactly(new double[] {(Math.log(4) + Math.log(4 / 3.0)) / 2, 0.5}, within(1e-6));
  }

  @Test
  void crossEntropyLooksAtTheLastStepAlone() {
    float three = (float) Math.log(3);
    assertThat(measured(new CrossEntropy(), three, 0, 0, three))
        .containsExactly(new double[] {Math.log(4 / 3.0), 1}, within(1e-6));
  }

  @Test
  void theGradientIsThatOfTheMean() {
    try (Scope scope = Scope.open()) {
      NDArray outputs = scope.tensor(new float[4], 1, 2, 2);
      outputs.setRequiresGradient(true);
      NDArray window = scope.tensor(new float[] {0, 1}, 1, 1, 1, 2);
      NDArray sum = scope.tensor(new float[1]);
      NDArray scaled = Scope.recording(() -> outputs.mul(2));
      try (Value made = Value.of(scaled);
          Value labels = Value.of(scope.tensor(new long[] {1}, 1));
          Value parameters = Value.of(List.of(outputs));
          Value total = Value.of(sum);
          Value found =
              new NextCharacter()
                  .arithmetic(scope)
                  .gradients(new Batch(window, made, labels), parameters, total)) {
        // Plain descent by 1 leaves the gradient, turned around.
        Value steps = Value.of(List.of(scope.zeros(1)));
        StepScript.SCRIPT
            .call("sgd", parameters, found, steps, Value.of(1.0), Value.of(0.0))
            .close();
        assertThat(outputs.toFloatArray())
            .containsExactly(new float[] {-0.5f, 0.5f, -0.5f, 0.5f}, within(1e-6f));
      }
      assertThat(sum.toFloatArray()[0]).isCloseTo((float) Math.log(2), within(1e-6f));
    }
  }

  @Test
  void aCharacterLstmLearns() {
    CharLstm small = new CharLstm(16).length(16);
    Network start = small.initialize(1);
    Trained trained =
        Training.defaults()
            .loss(new NextCharacter())
            .optimizer(new Adam(1e-2))
            .until(Step.iterations(60))
            .train(start, Datasets.tinyShakespeare(16).sample(1000, 100, 100, 1));
    double before =
        Evaluator.measure(
                start, Datasets.tinyShakespeare(16).test().first(200), new NextCharacter())
            .loss();
    double after =
        Evaluator.measure(
                trained, Datasets.tinyShakespeare(16).test().first(200), new NextCharacter())
            .loss();
    assertThat(before).isCloseTo(Math.log(65), within(0.3));
    assertThat(after).isLessThan(3.4);
  }
}
