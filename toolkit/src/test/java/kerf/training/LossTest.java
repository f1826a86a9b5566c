package kerf.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import java.util.List;
import java.util.Map;
import kerf.data.Dataset;
import kerf.data.Datasets;
import kerf.model.Mlp;
import kerf.model.Network;
import kerf.tensor.Scope;
import kerf.tensor.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Losses of the linear classifier of {@link OptimizerTest}. */
class LossTest {
  private static final float[] INPUTS = {1, 2, -1, .5f, -1, 3, 0, 1, .25f, 2, -.5f, 1};
  private static final float[] WEIGHTS = {.1f, -.2f, .3f, -.4f, .5f, -.6f};

  private static final Loss OWN =
      new OwnLoss("squares", (outputs, labels) -> outputs.sub(labels.oneHot(2)).square().mean());

  static List<Loss> losses() {
    return List.of(new CrossEntropy(), new MeanSquaredError(), OWN);
  }

  /** What the engine differentiates is what is written in closed form. */
  @Test
  void aLossOfOnesOwnIsDifferentiated() {
    Found own = Found.of(OWN);
    Found closed = Found.of(new MeanSquaredError());

    assertThat(own.loss).isCloseTo(closed.loss, within(1e-6f));
    assertThat(own.weight).containsExactly(closed.weight, within(1e-6f));
    assertThat(own.bias).containsExactly(closed.bias, within(1e-6f));
    assertThat(own.total).isCloseTo(closed.total, within(1e-5));
    assertThat(own.right).isEqualTo(closed.right);
  }

  @Test
  void aLossOfOnesOwnGivesOneNumberThatHasADerivative() {
    assertThatThrownBy(() -> Found.of(new OwnLoss("each", (outputs, labels) -> outputs)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "loss(each) must give one number, the mean over the batch, found shape (4, 2); end the expression in .mean()");
    assertThatThrownBy(() -> Found.of(new OwnLoss("none", (outputs, labels) -> null)))
        .hasMessage(
            "loss(none) must give one number, the mean over the batch, found null; end the expression in .mean()");
    assertThatThrownBy(
            () ->
                Found.of(
                    new OwnLoss(
                        "flat",
                        (outputs, labels) ->
                            outputs.argMax(1).toType(DataType.FLOAT32, false).mean())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "a loss must be computed from the outputs by operators that have a derivative, found");
    assertThatThrownBy(() -> new OwnLoss(" ", (outputs, labels) -> outputs.mean()))
        .hasMessage(
            "a loss of one's own needs a name, by which tables and saved runs know it, found ' '; write loss(\"brier\", ...)");
  }

  /**
   * Of PyTorch 2.13: {@code F.mse_loss(x @ w.T + b, F.one_hot(y, 2).float()).backward()}, with the
   * values of {@link OptimizerTest}.
   */
  @Test
  void meanSquaredErrorIsPyTorchs() {
    Found found = Found.of(new MeanSquaredError());

    assertThat(found.loss).isCloseTo(2.6116407f, within(1e-6f));
    assertThat(found.weight)
        .containsExactly(
            new float[] {-.45625f, -1.06875f, 1.1546875f, -.9625f, 1.51875f, -3.378125f},
            within(1e-6f));
    assertThat(found.bias).containsExactly(new float[] {-.24375f, -1.15f}, within(1e-6f));
  }

  /** One output is compared with the label itself: of XOR a constant 0.75 has half right. */
  @Test
  void aSingleOutputIsComparedWithTheLabel() {
    Network constant =
        Mlp.of(2, 1)
            .initialize(0)
            .revalued(Map.of("fc1.weight", new float[] {0, 0}, "fc1.bias", new float[] {.75f}));
    Evaluator.Score score =
        Evaluator.measure(constant, Datasets.xor().test(), new MeanSquaredError());

    assertThat(score.loss()).isEqualTo((.75 * .75 + .25 * .25) / 2);
    assertThat(score.accuracy()).isEqualTo(0.5);
  }

  /** The mean over a batch is the same whether training or evaluation computes it. */
  @ParameterizedTest
  @MethodSource("losses")
  void trainingAndEvaluationMeasureTheSame(Loss loss) {
    Found found = Found.of(loss);

    assertThat(found.total / 4).isCloseTo(found.loss, within(1e-6));
    assertThat(found.right).isEqualTo(2);
  }

  @Test
  void evaluationsMeasureThePlansLoss() {
    Dataset digits = Datasets.digits();
    Training plan =
        Training.defaults()
            .loss(new MeanSquaredError())
            .optimizer(new Adam(1e-2))
            .batch(32)
            .until(Step.iterations(60));
    Network start =
        Network.of(
            new SequentialBlock()
                .add(Blocks.batchFlattenBlock())
                .add(Linear.builder().setUnits(10).build()),
            1,
            8,
            8);

    Trained trained = plan.resume(Checkpoint.start(start), digits);

    Evaluation last = trained.history().last();
    assertThat(last.validationLoss())
        .isEqualTo(Evaluator.measure(trained, digits.validation(), new MeanSquaredError()).loss());
    assertThat(last.validationLoss()).isLessThan(0.09);
    assertThat(last.testAccuracy()).isGreaterThan(0.6);
  }

  private record Found(float loss, float[] weight, float[] bias, double total, double right) {
    static Found of(Loss loss) {
      try (Scope scope = Scope.open()) {
        NDArray inputs = scope.tensor(INPUTS, 4, 3);
        NDArray weight = scope.tensor(WEIGHTS, 2, 3);
        NDArray bias = scope.zeros(2);
        weight.setRequiresGradient(true);
        bias.setRequiresGradient(true);
        NDArray outputs = Scope.recording(() -> inputs.matMul(weight.transpose()).add(bias));
        Batch batch =
            new Batch(
                inputs, Value.of(outputs), Value.of(scope.tensor(new long[] {0, 1, 1, 0}, 4)));
        NDArray sum = scope.zeros(1);
        NDArray sums = scope.tensor(new double[2], 2);
        Loss.Arithmetic arithmetic = loss.arithmetic(scope);
        Value parameters = Value.of(List.of(weight, bias));
        // Plain descent by 1 leaves the gradients as the difference.
        Value gradients = arithmetic.gradients(batch, parameters, Value.of(sum));
        Value steps = Value.of(List.of(scope.zeros(1), scope.zeros(1)));
        StepScript.SCRIPT
            .call("sgd", parameters, gradients, steps, Value.of(1.0), Value.of(0.0))
            .close();
        arithmetic.measure(batch, Value.of(sums));
        double[] measured = sums.toDoubleArray();
        return new Found(
            sum.getFloat(),
            difference(WEIGHTS, Scope.floats(weight)),
            difference(new float[2], Scope.floats(bias)),
            measured[0],
            measured[1]);
      }
    }

    private static float[] difference(float[] before, float[] after) {
      float[] difference = new float[before.length];
      for (int i = 0; i < before.length; i++) {
        difference[i] = before[i] - after[i];
      }
      return difference;
    }
  }
}
