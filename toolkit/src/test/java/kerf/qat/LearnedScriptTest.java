package kerf.qat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;
import kerf.data.Dataset;
import kerf.data.Datasets;
import kerf.model.Convnet;
import kerf.model.Network;
import kerf.random.RandomStream;
import kerf.scheme.IntegerFormat;
import kerf.scheme.Learned;
import kerf.scheme.Scheme;
import kerf.tensor.RecordedFunction;
import kerf.tensor.Scope;
import kerf.tensor.Script;
import kerf.tensor.Value;
import kerf.training.Checkpoint;
import kerf.training.Evaluator;
import kerf.training.Sgd;
import kerf.training.Step;
import kerf.training.Trained;
import kerf.training.Training;
import org.junit.jupiter.api.Test;

/** Trained scales against the arithmetic of {@link Learned}, and in a training. */
class LearnedScriptTest {
  private static final IntegerFormat WEIGHTS = IntegerFormat.signed(3).restricted().perChannel();
  private static final Dataset DATA = Datasets.digits();

  private static final Script GRADIENTS =
      Script.compile(
          """
          def gradients(self: __torch__.Kerf, y: Tensor, x: Tensor, steps: Tensor, by: Tensor) -> Tensor:
            found = torch.autograd.grad([y], [x, steps], annotate(List[Optional[Tensor]], [by]))
            gx = torch.flatten(torch._unwrap_optional(found[0]))
            return torch.cat([gx, torch._unwrap_optional(found[1])])
          """);

  @Test
  void weightsAndTheirGradientsAreThoseOfPureJava() {
    float[] w = RandomStream.of(1, "w").gaussians(24, 1);
    float[] by = RandomStream.of(2, "by").gaussians(24, 1);
    float[] steps = {0.3f, 0.7f, 0.11f};
    Learned learned = new Learned(-3, 3, WEIGHTS.spread(), Learned.lsqFactor(8, 3));
    Learned.Gradients expected = learned.gradients(w, steps, new float[3], by, 3, 2, 4);
    RecordedFunction function =
        LearnedScript.weights(WEIGHTS, new Shape(3, 2, 4), Optional.empty());
    try (Scope scope = Scope.open()) {
      NDArray x = scope.tensor(w, 3, 2, 4);
      NDArray scales = scope.tensor(steps, 3);
      x.setRequiresGradient(true);
      scales.setRequiresGradient(true);
      NDArray y = Scope.recording(() -> function.apply(x, scales));
      assertThat(Scope.floats(y))
          .containsExactly(learned.fake(w, steps, new float[3], 3, 2, 4), within(1e-6f));
      try (Value out = Value.of(y);
          Value in = Value.of(x);
          Value of = Value.of(scales);
          Value slope = Value.of(scope.tensor(by, 3, 2, 4));
          Value found = GRADIENTS.call("gradients", out, in, of, slope)) {
        float[] gradients = new float[27];
        System.arraycopy(expected.values(), 0, gradients, 0, 24);
        System.arraycopy(expected.scales(), 0, gradients, 24, 3);
        assertThat(Scope.floats(found.array(x))).containsExactly(gradients, within(1e-5f));
      }
    }
  }

  @Test
  void theFirstBatchSetsTheStepsOfActivations() {
    try (Scope scope = Scope.open()) {
      NDArray switches = scope.zeros(3);
      NDArray step = scope.zeros(1);
      NDArray zero = scope.zeros(1);
      RecordedFunction function = LearnedScript.activations(IntegerFormat.unsigned(2), 4, true);
      // mean 1.5: 2 * 1.5 / sqrt(3)
      function.apply(scope.tensor(new float[] {0, 1, 2, 3}, 1, 4), step, zero, switches);
      assertThat(step.getFloat()).isCloseTo(1.7320508f, within(1e-6f));
      assertThat(zero.getFloat()).isZero();

      NDArray other = scope.zeros(1);
      NDArray signed = scope.tensor(new float[] {-1, 0, 1, 2}, 1, 4);
      NDArray rounded = function.apply(signed, other, zero, switches);
      assertThat(other.getFloat()).isEqualTo(1);
      assertThat(zero.getFloat()).isEqualTo(1);
      assertThat(Scope.floats(rounded)).containsExactly(-1, 0, 1, 2);
    }
  }

  @Test
  void stepsAreTrainedAndConverted() {
    Training plan =
        Training.defaults()
            .optimizer(new Sgd(0.05).momentum(0.9))
            .batch(32)
            .until(Step.epochs(2))
            .evaluateEvery(Step.epochs(2));
    Network start = new Convnet(8, 12).input(1, 8, 8).initialize(3);
    Network dense = plan.resume(Checkpoint.start(start), DATA);
    Network prepared = Qat.plan().bits(3).learned().prepare(dense);
    Trained trained =
        plan.hook(Phase.delayActivations(Step.iterations(4)))
            .resume(Checkpoint.start(prepared), DATA);

    assertThat(trained.values("conv2.weightStep"))
        .hasSize(12)
        .isNotEqualTo(prepared.values("conv2.weightStep"));
    assertThat(trained.values("relu1.step")[0]).isPositive();
    assertThat(Qat.convert(trained).weights().get("conv2.weight").params().get(3).scale())
        .isEqualTo(trained.values("conv2.weightStep")[3]);
    double accuracy = Evaluator.measure(trained, DATA.test()).accuracy();
    assertThat(accuracy).isGreaterThan(0.7);
    assertThat(Evaluator.measure(Qat.convert(trained).simulated(), DATA.test()).accuracy())
        .isBetween(accuracy - 0.03, accuracy + 0.03);
  }

  @Test
  void wrongUseIsRefused() {
    Network start = new Convnet(8, 12).input(1, 8, 8).initialize(3);
    Scheme affine = Scheme.int8().weights(IntegerFormat.signed(8));
    assertThatThrownBy(() -> Qat.plan().scheme(affine).learned().prepare(start))
        .hasMessage(
            "learned steps need weights that are signed and symmetric, found int8 [-128, 127]"
                + " affine per tensor for conv2; use int8().restricted()");
    assertThatThrownBy(() -> Qat.plan().unfolded().learned())
        .hasMessage(
            "learned() trains the scales of weights as batch normalization scales them, found"
                + " unfolded() besides; leave one out");
  }
}
