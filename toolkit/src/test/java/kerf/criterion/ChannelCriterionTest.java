package kerf.criterion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import kerf.granularity.Granularity;
import kerf.mask.LayerMask;
import kerf.mask.Mask;
import kerf.pruning.Pruning;
import org.junit.jupiter.api.Test;

class ChannelCriterionTest {
  /** Channels 0, 1, 2 and 3 score -1, 5, 0 and 2. */
  private static final ChannelCriterion FIXED = layer -> new float[] {-1, 5, 0, 2};

  private static final Mask MASK = Mask.of(LayerMask.ones("conv1", 4, 1, 1, 2));
  private static final Map<String, float[]> WEIGHTS =
      Map.of("conv1", new float[] {1, 2, 3, 4, 5, 6, 7, 8});

  private static final Pruning PLAN =
      Pruning.plan().criterion(FIXED).granularity(Granularity.filters()).amount(0.5);

  @Test
  void channelsFallByTheirScoresSignAndAll() {
    assertThat(PLAN.mask(MASK, WEIGHTS).layer("conv1").bytes())
        .containsExactly(0, 0, 1, 1, 0, 0, 1, 1);
  }

  @Test
  void aChannelThatLostSomeWeightsScoresAsItIs() {
    Mask present = Mask.of(LayerMask.ones("conv1", 4, 1, 1, 2).without(2, 7));

    assertThat(PLAN.mask(present, WEIGHTS).layer("conv1").bytes())
        .containsExactly(0, 0, 0, 1, 0, 0, 1, 0);
  }

  @Test
  void otherGroupsThanChannelsAreRefused() {
    ChannelCriterion apoz = new Apoz();
    Subject subject =
        Subject.unknown()
            .knowing(new ChannelActivities(), Map.of("conv1", activity(true, new float[] {0, 1})));
    LayerWeights layer =
        new LayerWeights("conv1", new long[] {2, 2}, new float[] {1, 2, 3, 4}, subject);

    for (Granularity other : new Granularity[] {Granularity.weights(), Granularity.columns()}) {
      assertThatThrownBy(
              () -> apoz.groupScores(layer, other.groups("conv1", 2, 2), apoz.scores(layer)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "apoz() scores whole channels, found other groups of weights in conv1;"
                  + " prune by filters()");
    }
    assertThat(
            apoz.groupScores(layer, Granularity.rows().groups("conv1", 2, 2), apoz.scores(layer)))
        .containsExactly(1, 0);
  }

  @Test
  void refusesAnotherNumberOfChannels() {
    Mask three = Mask.of(LayerMask.ones("conv1", 3, 2));

    assertThatThrownBy(() -> PLAN.mask(three, Map.of("conv1", new float[6])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "criterion must give conv1 a score a channel, that is 3, found 4 from ");
  }

  @Test
  void zerosCountOnlyBehindARelu() {
    Subject subject =
        Subject.unknown()
            .knowing(new ChannelActivities(), Map.of("conv1", activity(false, new float[] {0})));
    LayerWeights layer = new LayerWeights("conv1", new long[] {1, 2}, new float[] {1, 2}, subject);

    assertThatThrownBy(() -> new Apoz().scores(layer))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "apoz() counts zeros after a ReLU, found conv1 followed by Sigmoid;"
                + " leave it out with keep(\"conv1\"), or use meanActivation()");
  }

  private static ChannelActivity activity(boolean rectified, float[] zeros) {
    float[] other = new float[zeros.length];
    return new ChannelActivity(
        rectified, rectified ? "ReLU" : "Sigmoid", zeros, other, other, other);
  }
}
