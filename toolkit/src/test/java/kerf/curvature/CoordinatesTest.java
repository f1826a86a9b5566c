package kerf.curvature;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import kerf.mask.LayerMask;
import kerf.mask.Mask;
import kerf.model.Mlp;
import kerf.model.Network;
import org.junit.jupiter.api.Test;

class CoordinatesTest {
  private static final Network NETWORK =
      Mlp.of(2, 2, 1)
          .initialize(0)
          .revalued(
              Map.of(
                  "fc1.weight", new float[] {1, 2, 3, 4},
                  "fc1.bias", new float[] {5, 6},
                  "fc2.weight", new float[] {7, 8},
                  "fc2.bias", new float[] {9}));

  private final Coordinates coordinates = Coordinates.of(NETWORK);

  @Test
  void layerAfterLayerBiasesBehindWeights() {
    assertThat(coordinates.size()).isEqualTo(9);
    assertThat(coordinates.values(NETWORK)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);
    assertThat(coordinates.first("fc1")).isZero();
    assertThat(coordinates.first("fc2")).isEqualTo(6);
    assertThat(coordinates.parameter(5)).isEqualTo(1);
    assertThat(coordinates.within(5)).isEqualTo(1);
  }

  @Test
  void byLayerAreTheWeightsAlone() {
    Map<String, float[]> layers = coordinates.byLayer(coordinates.values(NETWORK));

    assertThat(layers).containsOnlyKeys("fc1", "fc2");
    assertThat(layers.get("fc1")).containsExactly(1, 2, 3, 4);
    assertThat(layers.get("fc2")).containsExactly(7, 8);
  }

  @Test
  void prunedWeightsAreNotKept() {
    Mask mask = Mask.of(LayerMask.ones("fc1", 2, 2).without(1, 2), LayerMask.ones("fc2", 1, 2));

    assertThat(coordinates.kept(NETWORK.masked(mask))).containsExactly(0, 3, 4, 5, 6, 7, 8);
  }

  @Test
  void otherValuesMakeAnotherNetwork() {
    Network other = coordinates.revalued(NETWORK, new double[] {9, 8, 7, 6, 5, 4, 3, 2, 1});

    assertThat(other.values("fc1.bias")).containsExactly(5, 4);
    assertThat(other.weights("fc2")).containsExactly(3, 2);
    assertThat(NETWORK.weights("fc2")).containsExactly(7, 8);
  }
}
