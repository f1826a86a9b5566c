package kerf.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import java.util.List;
import java.util.Map;
import kerf.data.Dataset;
import kerf.model.Lenet5;
import kerf.model.Mlp;
import kerf.model.Network;
import kerf.model.Outputs;
import kerf.model.SmallNets;
import kerf.tensor.Scope;
import kerf.tensor.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DistillationTest {
  private static final Dataset DIGITS = TrainedDigits.DATA;
  private static final Network SMALL = Mlp.of(64, 8, 10).initialize(1);
  private static final Network LARGE = Mlp.of(64, 16, 8, 10).initialize(2);

  static List<DistillationCase> plain() {
    return DistillationCase.all("plain");
  }

  @ParameterizedTest
  @MethodSource("plain")
  void twentyStepsAreTorchs(DistillationCase own) {
    float[] outputs = Outputs.of(own.trained(own.student()), own.inputs(), 8, 3);

    assertThat(outputs).containsExactly(own.outputs(), within(1e-6f));
  }

  /** Romero 2015, equation 3: a step of rate 1 down 2 (a - b) / n, of an identity. */
  @Test
  void featuresAddTheirMeanSquaredDifference() {
    Network student = line(1, 2);
    Network teacher = line(4, 2);
    Loss loss = Distillation.of(teacher).weight(0).feature("fc1", 0.5);
    Loss labels = Distillation.of(teacher).weight(0);
    float[] x = {2};

    float plain = step(student, labels, x).values("fc1.weight")[0];
    float both = step(student, loss, x).values("fc1.weight")[0];

    // Outputs of fc1: (2, 4) against (8, 4); 0.5 of the mean of (36, 0) has the slope 0.5 * -12 /
    // 2,
    // times the input of 2.
    assertThat(both - plain).isCloseTo(6, within(1e-5f));
  }

  private static Network line(float... weights) {
    return Mlp.of(1, 2, 2)
        .initialize(0)
        .revalued(
            Map.of(
                "fc1.weight", weights,
                "fc1.bias", new float[2],
                "fc2.weight", new float[4],
                "fc2.bias", new float[2]));
  }

  private static Network step(Network start, Loss loss, float... x) {
    Training plan = Training.defaults().loss(loss).optimizer(new Sgd(1));
    try (Scope scope = Scope.open();
        Run run = new Run(scope, plan, Checkpoint.start(start), 1);
        Value right = Value.of(scope.tensor(new long[1], 1));
        Value sum = Value.of(scope.tensor(new float[1]))) {
      run.step(scope.tensor(x, 1, 1), right, sum, 1);
      return run.network();
    }
  }

  /** A student of one hidden layer learns from a teacher of two; evaluations measure the same. */
  @Test
  void aTrainingMeasuresWhatItMakesSmall() {
    Loss loss = Distillation.of(LARGE).feature("relu1", "relu2", 0.1);
    Training plan =
        Training.defaults().loss(loss).optimizer(new Adam(1e-2)).until(Step.iterations(40));

    Trained trained = plan.resume(Checkpoint.start(SMALL), DIGITS);

    Evaluation last = trained.history().last();
    assertThat(last.validationLoss())
        .isEqualTo(Evaluator.measure(trained, DIGITS.validation(), loss).loss());
    assertThat(last.validationLoss())
        .isLessThan(trained.history().evaluations().get(0).validationLoss());
  }

  /** By itself a network has nothing to learn: only the labels are left. */
  @Test
  void aTeacherThatIsTheStudentCostsNothing() {
    Loss loss = Distillation.of(SMALL).weight(1).feature("relu1", 2);

    assertThat(Evaluator.measure(SMALL, DIGITS.test(), loss).loss()).isCloseTo(0, within(1e-6));
    assertThat(Evaluator.measure(SMALL, DIGITS.test(), Distillation.of(SMALL).weight(0)).loss())
        .isCloseTo(Evaluator.measure(SMALL, DIGITS.test()).loss(), within(1e-6));
  }

  @Test
  void teachersOfOtherNumbersAreOtherLosses() {
    Distillation one = Distillation.of(SMALL);

    assertThat(one.toString())
        .isEqualTo(Distillation.of(Mlp.of(64, 8, 10).initialize(1)).toString())
        .isNotEqualTo(Distillation.of(Mlp.of(64, 8, 10).initialize(3)).toString())
        .startsWith("distill(")
        .endsWith(", temperature 4.0, weight 0.9)");
    assertThat(one.feature("relu1", 0.1).toString())
        .endsWith(", features [relu1 from relu1: 0.1])");
  }

  @Test
  void aTeacherOfOtherClassesOrInputsIsRefused() {
    assertThatThrownBy(() -> fits(Distillation.of(Mlp.of(64, 8, 5).initialize(1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "a teacher must have the student's classes, found outputs of shape [5] from the teacher ")
        .hasMessageContaining(" and [10] from ");
    assertThatThrownBy(() -> fits(Distillation.of(new Lenet5().initialize(1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the teacher must take the student's inputs: lenet5")
        .hasMessageContaining(" takes inputs of shape [1, 28, 28], found [1, 8, 8] in digits");
  }

  @Test
  void featuresOfOtherShapesOrNamesAreRefused() {
    assertThatThrownBy(() -> fits(Distillation.of(LARGE).feature("relu1", 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("features must have the same shape, found (8) of relu1 in ")
        .hasMessageContaining(" and (16) of relu1 in the teacher; name two layers of one shape");
    assertThatThrownBy(() -> fits(Distillation.of(LARGE).feature("relu7", "relu2", 1)))
        .hasMessageStartingWith("no node 'relu7' in the graph; it has input, ");
    assertThatThrownBy(() -> Distillation.of(LARGE).feature("relu7", 1))
        .hasMessageStartingWith("no node 'relu7' in the graph; it has input, ");
  }

  /** A block that looks at values is a teacher all the same, but for its layers. */
  @Test
  void layersOfABlockThatCannotBeTracedAreRefused() {
    Network untraceable =
        Network.of(
            new SequentialBlock()
                .add(Blocks.batchFlattenBlock())
                .addSingleton(x -> x.toFloatArray()[0] > 2 ? x.neg() : x)
                .add(SmallNets.fc(10)),
            1,
            8,
            8);

    fits(Distillation.of(untraceable));
    assertThatThrownBy(() -> Distillation.of(untraceable).feature("fc1", 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot trace");
  }

  private static void fits(Distillation loss) {
    Training.defaults().loss(loss).requireFits(SMALL, DIGITS);
  }

  @Test
  void numbersOutOfRangeAreRefused() {
    Distillation loss = Distillation.of(SMALL);
    for (double wrong : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> loss.temperature(wrong))
          .hasMessage(
              "temperature must be above 0 and finite, found %s; 2 to 20 are usual"
                  .formatted(wrong));
    }
    assertThatThrownBy(() -> loss.weight(90))
        .hasMessage(
            "the teacher's weight must be a fraction in [0, 1], found 90.0; for 90.0% write 0.9");
    assertThatThrownBy(() -> loss.weight(-0.1))
        .hasMessage("the teacher's weight must be a fraction in [0, 1], found -0.1");
    assertThatThrownBy(() -> loss.feature("relu1", 0))
        .hasMessage("the weight of a feature must be above 0 and finite, found 0.0");
  }
}
