package kerf.curvature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import kerf.data.Datasets;
import kerf.data.Samples;
import kerf.mask.LayerMask;
import kerf.mask.Mask;
import kerf.model.Activation;
import kerf.model.DigitNet;
import kerf.model.Lenet300100;
import kerf.model.Mlp;
import kerf.model.Network;
import kerf.storage.Npy;
import kerf.training.CrossEntropy;
import kerf.training.Distillation;
import kerf.training.Evaluator;
import kerf.training.MeanSquaredError;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class HessianTest {
  private static final Offset<Double> CLOSE = within(1e-7);

  /**
   * y = w x + b for x of 0 and 1: the loss is (b² + (w + b - 1)²) / 2, its Hessian [[1, 1], [1,
   * 2]].
   */
  private static Hessian line() {
    Network network =
        Mlp.of(1, 1)
            .initialize(0)
            .revalued(Map.of("fc1.weight", new float[] {3}, "fc1.bias", new float[] {-4}));
    return Hessian.of(network, Datasets.truthTable("same", 0, 1).train(), new MeanSquaredError());
  }

  @Test
  void ofALine() {
    assertThat(line().loss()).isEqualTo((16 + 4) / 2.0);
    assertThat(line().exact()).hasDimensions(2, 2);
    assertThat(line().exact()[0]).containsExactly(new double[] {1, 1}, CLOSE);
    assertThat(line().exact()[1]).containsExactly(new double[] {1, 2}, CLOSE);
    assertThat(line().exactDiagonal()).containsExactly(new double[] {1, 2}, CLOSE);
    assertThat(line().gaussNewtonDiagonal()).containsExactly(new double[] {1, 2}, CLOSE);
  }

  /** A teacher computes the inputs themselves, whatever is moved; layers within are not seen. */
  @Test
  void ofADistillation() {
    Network student = Mlp.of(64, 10).initialize(3);
    Samples samples = Datasets.digits().train().first(20);
    Distillation loss = Distillation.of(Mlp.of(64, 8, 10).initialize(4));
    Hessian hessian = Hessian.of(student, samples, loss);

    assertThat(hessian.gaussNewtonDiagonal()).containsExactly(hessian.exactDiagonal(), CLOSE);
    assertThat(hessian.loss())
        .isCloseTo(Evaluator.measure(student, samples, loss).loss(), within(1e-5));
    Hessian within = Hessian.of(student, samples, loss.feature("fc1", "fc2", 1));
    assertThatThrownBy(within::gaussNewtonDiagonal)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("a loss of outputs alone is needed here, found the feature fc1 in")
        .hasMessageEndingWith("; leave .feature(...) out");
  }

  /** The only weight of a line: vᵀ H v is 1 for a sign, 4 for 2, and so is its trace. */
  @Test
  void alongTheWeightsOfALine() {
    List<double[]> directions = List.of(new double[] {1}, new double[] {-1}, new double[] {2});

    assertThat(line().along("fc1", directions)).containsExactly(new double[] {1, 1, 4}, CLOSE);
    assertThat(line().averageTrace("fc1", 3, 7)).isCloseTo(1, CLOSE);
    assertThatThrownBy(() -> line().averageTrace("fc1", 0, 7))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a trace is estimated by 1 or more vectors, found 0");
    assertThatThrownBy(() -> line().along("fc1", List.of(new double[2])))
        .hasMessage("a direction of fc1 needs a number a weight, 1, found 2");
  }

  /** Signs in all directions average to the sum of the diagonal. */
  @Test
  void theTraceIsThatOfTheExactHessian() {
    Network network = Mlp.of(64, 4, 10).activation(Activation.TANH).initialize(3);
    Samples samples = Datasets.digits().train().first(20);
    Hessian hessian = Hessian.of(network, samples, new CrossEntropy());
    double[] diagonal = hessian.exactDiagonal();
    int first = Coordinates.of(network).first("fc2");
    double mean = Arrays.stream(diagonal, first, first + 40).sum() / 40;

    assertThat(hessian.averageTrace("fc2", 400, 1)).isCloseTo(mean, within(0.05 * mean));
  }

  @Test
  void theInverseOfALine() {
    InverseHessian inverse = line().inverse(1e-9);

    assertThat(inverse.places()).containsExactly(0, 1);
    assertThat(inverse.at(0, 0)).isCloseTo(2, within(1e-6));
    assertThat(inverse.at(0, 1)).isCloseTo(-1, within(1e-6));
    assertThat(inverse.at(1, 1)).isCloseTo(1, within(1e-6));
  }

  /**
   * Without a hidden layer the outputs are linear in the parameters, so that the Gauss-Newton part
   * is all there is. 40 samples make 360 rows, which are folded in two blocks.
   */
  @Test
  void theInverseTimesTheHessianIsOne() {
    Network network = Mlp.of(64, 10).initialize(3);
    Hessian hessian = Hessian.of(network, Datasets.digits().train().first(40), new CrossEntropy());
    double[][] exact = hessian.exact();
    double damping = 1e-3;
    InverseHessian inverse = hessian.inverse(damping);

    assertThat(hessian.gaussNewtonDiagonal()).containsExactly(hessian.exactDiagonal(), CLOSE);
    for (int row = 0; row < exact.length; row += 37) {
      for (int column = 0; column < exact.length; column++) {
        double sum = damping * inverse.at(row, column);
        for (int i = 0; i < exact.length; i++) {
          sum += inverse.at(row, i) * exact[i][column];
        }
        assertThat(sum).isCloseTo(row == column ? 1 : 0, within(1e-5));
      }
    }
  }

  @Test
  void blocksOfRowsAreTheRecursionOneByOne() {
    Network network = Mlp.of(2, 3, 1).activation(Activation.TANH).initialize(5);
    Samples xor = Datasets.xor().train();
    double[][] expected = new double[13][13];
    for (int i = 0; i < 13; i++) {
      expected[i][i] = 1 / 1e-2;
    }
    // The loss is a mean of four squares: a sample alone weighs four times as much as among four.
    for (int sample = 0; sample < 4; sample++) {
      fold(expected, row(network, xor, sample));
    }

    InverseHessian inverse = Hessian.of(network, xor, new MeanSquaredError()).inverse(1e-2);

    for (int i = 0; i < 13; i++) {
      for (int j = 0; j < 13; j++) {
        assertThat(inverse.at(i, j)).isCloseTo(expected[i][j], within(1e-5));
      }
    }
  }

  /** The output's derivatives by all parameters at one input, by differences, times sqrt(2 / 4). */
  private static double[] row(Network network, Samples xor, int sample) {
    Coordinates coordinates = Coordinates.of(network);
    double[] values = coordinates.values(network);
    double[] w = values.clone();
    double[] row = new double[values.length];
    float[] x = {xor.inputs()[2 * sample], xor.inputs()[2 * sample + 1]};
    for (int i = 0; i < row.length; i++) {
      w[i] = values[i] + 1e-5;
      double above = output(w, x);
      w[i] = values[i] - 1e-5;
      row[i] = (above - output(w, x)) / 2e-5 * Math.sqrt(0.5);
      w[i] = values[i];
    }
    return row;
  }

  private static double output(double[] w, float... x) {
    double output = w[12];
    for (int unit = 0; unit < 3; unit++) {
      output += w[9 + unit] * Math.tanh(w[2 * unit] * x[0] + w[2 * unit + 1] * x[1] + w[6 + unit]);
    }
    return output;
  }

  /** Sherman and Morrison: C - C b bᵀ C / (1 + bᵀ C b). */
  private static void fold(double[][] inverse, double[] row) {
    double[] product = new double[row.length];
    double sum = 1;
    for (int i = 0; i < row.length; i++) {
      for (int j = 0; j < row.length; j++) {
        product[i] += inverse[i][j] * row[j];
      }
      sum += product[i] * row[i];
    }
    for (int i = 0; i < row.length; i++) {
      for (int j = 0; j < row.length; j++) {
        inverse[i][j] -= product[i] * product[j] / sum;
      }
    }
  }

  @Test
  void aNetworkBendsByItselfToo() {
    Network network = Mlp.of(2, 2, 1).activation(Activation.TANH).initialize(1);
    Hessian hessian = Hessian.of(network, Datasets.xor().train(), new MeanSquaredError());

    // Of the hidden layer; the last is linear.
    assertThat(hessian.exactDiagonal()[0])
        .isNotCloseTo(hessian.gaussNewtonDiagonal()[0], within(1e-3));
    assertThat(hessian.exactDiagonal()[6])
        .isCloseTo(hessian.gaussNewtonDiagonal()[6], within(1e-7));
  }

  @Test
  void convolutionsHaveCurvatureToo() {
    Network network = new DigitNet().initialize(1);
    Samples samples = Datasets.digits().train().first(20);
    Hessian hessian = Hessian.of(network, samples, new CrossEntropy());
    int first = Coordinates.of(network).first("fc1");

    double[] diagonal = hessian.gaussNewtonDiagonal();
    assertThat(diagonal).hasSize(2_650);
    assertThat(Arrays.stream(diagonal)).allMatch(element -> element >= 0);
    try (Bent bent = new Bent(network, Patterns.of(samples), new CrossEntropy())) {
      // The last layer's outputs are linear in its weights.
      assertThat(bent.row(first)[first]).isCloseTo(diagonal[first], within(1e-7));
    }
  }

  @Test
  void prunedWeightsHaveNone() {
    Mask mask = Mask.of(LayerMask.ones("fc1", 1, 1).without(0));
    Network network = Mlp.of(1, 1).initialize(0).masked(mask);
    Hessian hessian =
        Hessian.of(network, Datasets.truthTable("same", 0, 1).train(), new MeanSquaredError());

    assertThat(hessian.exactDiagonal()).containsExactly(new double[] {0, 2}, CLOSE);
    assertThat(hessian.gaussNewtonDiagonal()).containsExactly(new double[] {0, 2}, CLOSE);
    assertThat(hessian.exact()[0]).containsExactly(0, 0);
    assertThat(hessian.inverse(1e-9).places()).containsExactly(1);
    assertThat(hessian.inverse(1e-9).at(0, 0)).isCloseTo(0.5, within(1e-6));
  }

  @Test
  void refusesMatricesThatAreTooLarge() {
    Samples samples = Datasets.mnist().train().first(1);
    Hessian hessian = Hessian.of(new Lenet300100().initialize(0), samples, new CrossEntropy());

    assertThatThrownBy(() -> hessian.inverse(1e-6))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the inverse Hessian of lenet300100(glorotNormal) has a number for each pair of its"
                + " 266,610 parameters, 568.6 GB; at most 4,000 parameters can be done; take obd(),"
                + " which needs a number a parameter");
  }

  @Test
  void refusesDampingThatIsNone() {
    assertThatThrownBy(() -> line().inverse(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("damping must be above 0 and finite, found 0.0; 1e-8 to 1e-4 are usual");
  }

  @Test
  void refusesNoSamples() {
    Network network = Mlp.of(64, 10).initialize(0);
    Samples none = Datasets.digits().train().first(0);

    assertThatThrownBy(() -> Hessian.of(network, none, new CrossEntropy()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs at least one sample to compute on, found none in " + none);
  }

  @Test
  void targetsNeedNotBeClasses() {
    Network network =
        Mlp.of(1, 1)
            .initialize(0)
            .revalued(Map.of("fc1.weight", new float[] {1}, "fc1.bias", new float[] {0}));
    Npy inputs = Npy.of(new long[] {2, 1}, new float[] {1, 2});
    Npy targets = Npy.of(new long[] {2, 1}, new float[] {.5f, 1.5f});

    assertThat(TargetError.hessian(network, inputs, targets).loss()).isEqualTo(0.25);
    assertThat(TargetError.hessian(network, inputs, targets).exactDiagonal())
        .containsExactly(new double[] {5, 2}, CLOSE);
  }
}
