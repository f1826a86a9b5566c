package kerf.quantization;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import kerf.trace.Graph;
import org.junit.jupiter.api.Test;

class PointsTest {
  private static final Graph PLAIN = Graph.of(Folding.fold(Nets.plain()));
  private static final Graph RESIDUAL = Graph.of(Folding.fold(Nets.residual()));

  @Test
  void layersReadAndGiveOutIntegersButLogitsStayFloat() {
    assertThat(Points.of(PLAIN, Set.of("conv1.weight", "conv2.weight", "fc1.weight"), false))
        .containsExactly("input", "relu1", "relu2");
  }

  @Test
  void logitsCanBeAPoint() {
    assertThat(Points.of(PLAIN, Set.of("conv1.weight", "conv2.weight", "fc1.weight"), true))
        .containsExactly("input", "relu1", "relu2", "fc1");
  }

  @Test
  void aFloatLayerIsAnIslandWithAPointBehindIt() {
    // conv2 reads relu1 through the pooling: its point is at relu1, and the input has none.
    assertThat(Points.of(PLAIN, Set.of("conv2.weight", "fc1.weight"), false))
        .containsExactly("relu1", "relu2");
    assertThat(Points.of(PLAIN, Set.of("conv1.weight"), false)).containsExactly("input", "relu1");
    assertThat(Points.of(PLAIN, Set.of(), true)).isEmpty();
  }

  @Test
  void aSumOfPointsIsAPointAndSoIsTheMeanThatALayerReads() {
    assertThat(Points.of(RESIDUAL, Set.of("conv1.weight", "conv2.weight", "fc1.weight"), false))
        .containsExactly("input", "relu1", "conv2", "relu2", "globalavgpool1");
  }

  @Test
  void aSumWithAFloatIsNone() {
    assertThat(Points.of(RESIDUAL, Set.of("conv1.weight"), false))
        .containsExactly("input", "relu1");
  }
}
