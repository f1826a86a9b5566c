package kerf.criterion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import kerf.criterion.SecondDerivatives.Form;
import kerf.data.Datasets;
import kerf.granularity.Granularity;
import kerf.granularity.Groups;
import kerf.granularity.Scope;
import kerf.model.Mlp;
import kerf.model.Network;
import kerf.pruning.Pruning;
import kerf.training.MeanSquaredError;
import org.junit.jupiter.api.Test;

class OptimalBrainDamageTest {
  private static final OptimalBrainDamage OBD =
      new OptimalBrainDamage().loss(new MeanSquaredError());

  /** A line through (0, 0) and (1, 1), of which w and b bend by 1 and 2. */
  private static Network line(float weight, float bias) {
    return Mlp.of(1, 1)
        .prunableBiases()
        .initialize(0)
        .revalued(Map.of("fc1.weight", new float[] {weight, bias}));
  }

  @Test
  void halfTheSecondDerivativeTimesTheSquare() {
    LayerWeights layer =
        new LayerWeights(
            "fc1",
            new long[] {2, 2},
            new float[] {1, -2, 3, 0},
            Subject.unknown()
                .knowing(
                    new SecondDerivatives(new MeanSquaredError(), Form.GAUSS_NEWTON),
                    Map.of("fc1", new float[] {2, 4, -2, 1})));
    Groups rows = Granularity.slices(0).groups("fc1", 2, 2);

    assertThat(OBD.scores(layer)).containsExactly(1, 8, -9, 0);
    assertThat(OBD.groupScores(layer, rows, OBD.scores(layer))).containsExactly(9, -9);
  }

  @Test
  void secondDerivativesAreFoundByLayer() {
    Subject subject =
        Subject.of(line(3, -4), Given.NOTHING.data(Datasets.truthTable("same", 0, 1).train()));
    for (Form form : Form.values()) {
      Map<String, float[]> found =
          subject.find(new SecondDerivatives(new MeanSquaredError(), form));

      assertThat(found).containsOnlyKeys("fc1");
      assertThat(found.get("fc1")).containsExactly(new float[] {1, 2}, within(1e-6f));
    }
  }

  @Test
  void aSmallerWeightStaysWhereTheLossBendsMore() {
    Pruning plan =
        Pruning.plan()
            .data(Datasets.truthTable("same", 0, 1).train())
            .scope(Scope.GLOBAL)
            .amount(0.5);

    assertThat(plan.criterion(Criterion.magnitude()).prune(line(.5f, .4f)).weights("fc1"))
        .containsExactly(.5f, 0);
    // 0.5² is below 2 x 0.4².
    assertThat(plan.criterion(OBD).prune(line(.5f, .4f)).weights("fc1")).containsExactly(0, .4f);
    assertThat(plan.criterion(OBD.exact()).prune(line(.5f, .4f)).weights("fc1"))
        .containsExactly(0, .4f);
  }

  @Test
  void saysWhatItMisses() {
    Pruning plan = Pruning.plan().criterion(OBD);
    Network network = line(1, 0);

    assertThatThrownBy(() -> plan.prune(network))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "obd(meanSquaredError()) needs second derivatives, found no data; call"
                + " .data(mnist().train().sample(1000, 1)) before prune(network)");
  }

  @Test
  void itsNameIsTheWordThatMadeIt() {
    assertThat(new OptimalBrainDamage()).hasToString("obd()");
    assertThat(OBD).hasToString("obd(meanSquaredError())");
    assertThat(OBD.exact()).hasToString("obd(meanSquaredError(), exact)");
  }
}
