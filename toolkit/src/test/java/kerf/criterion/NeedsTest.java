package kerf.criterion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.stream.Stream;
import kerf.data.Datasets;
import kerf.model.Lenet300100;
import kerf.model.Network;
import kerf.pruning.Pruning;
import kerf.training.MeanSquaredError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every criterion that needs more than weights says so, under its own word, and how to give it. */
class NeedsTest {
  private static final Network NETWORK = new Lenet300100().initialize(1);

  private static final String DATA =
      "found no data; call .data(mnist().train().sample(1000, 1)) before prune(network)";
  private static final String INITIAL =
      "found no initial network; call .initial(network) before prune(network)";

  static Stream<Arguments> incomplete() {
    return Stream.of(
        Arguments.of(new Taylor(Taylor.Joint.SQUARE_OF_SUM), "taylor() needs gradients, " + DATA),
        Arguments.of(
            new Taylor(Taylor.Joint.SUM_OF_SQUARES).loss(new MeanSquaredError()),
            "taylor(SUM_OF_SQUARES).loss(meanSquaredError()) needs gradients, " + DATA),
        Arguments.of(new Snip(), "snip() needs gradients, " + DATA),
        Arguments.of(new Grasp(200), "grasp() needs Hessian-gradient products, " + DATA),
        Arguments.of(new Apoz(), "apoz() needs activations, " + DATA),
        Arguments.of(new MeanActivation(), "meanActivation() needs activations, " + DATA),
        Arguments.of(
            new ActivationTaylor(), "activationTaylor() needs activation gradients, " + DATA),
        Arguments.of(new Movement(), "movement() needs initial weights, " + INITIAL),
        Arguments.of(
            new InitialMagnitude(), "initialMagnitude() needs initial weights, " + INITIAL),
        Arguments.of(
            new MagnitudeIncrease(), "magnitudeIncrease() needs initial weights, " + INITIAL));
  }

  @ParameterizedTest
  @MethodSource("incomplete")
  void saysWhatIsMissing(Criterion criterion, String message) {
    Pruning plan = Pruning.plan().criterion(criterion);

    assertThatThrownBy(() -> plan.prune(NETWORK))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @MethodSource("incomplete")
  void aNameOfYourOwnKeepsTheNeeds(Criterion criterion, String message) {
    assertThat(Criterion.named("mine", criterion).needs())
        .isEqualTo(criterion.needs())
        .isNotEmpty();
    assertThat(message).startsWith(criterion.toString());
  }

  @Test
  void batchNormScalesAndFlowNeedTheNetworkItself() {
    Map<String, float[]> weights = Map.of();
    for (Criterion criterion : new Criterion[] {new BatchNormScale(), new SynFlow()}) {
      Pruning plan = Pruning.plan().criterion(criterion);

      assertThatThrownBy(() -> plan.mask(NETWORK.mask(), weights))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "%s needs %s, found weights alone; call mask(network) or prune(network)",
              criterion, criterion.needs().iterator().next().name());
    }
  }

  @Test
  void whatIsGivenPrintsByWhatItHolds() {
    Given sample = Given.NOTHING.data(Datasets.mnist().train().sample(100, 1));

    assertThat(sample)
        .hasToString(Given.NOTHING.data(Datasets.mnist().train().sample(100, 1)) + "");
    assertThat(sample.toString())
        .startsWith("Given[data=mnist train: 100 images of 28 x 28, 10 classes #")
        .isNotEqualTo(Given.NOTHING.data(Datasets.mnist().train().sample(100, 2)).toString());
    assertThat(Given.NOTHING.initial(NETWORK).toString())
        .isNotEqualTo(Given.NOTHING.initial(new Lenet300100().initialize(2)).toString());
    assertThat(Given.NOTHING).hasToString("Given[]");
  }
}
