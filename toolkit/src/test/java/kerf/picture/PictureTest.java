package kerf.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import kerf.mask.LayerMask;
import kerf.mask.Mask;
import kerf.model.DivergedException;
import kerf.model.Lenet300100;
import kerf.model.Network;
import kerf.plot.HistogramPlot;
import kerf.plot.Plot;
import org.junit.jupiter.api.Test;

class PictureTest {
  /** Two units on pictures of 2×2: the weights 1 −2 3 −4 and −5 6 −7 8. */
  private static final Network DENSE =
      Network.of(
              new SequentialBlock()
                  .add(Blocks.batchFlattenBlock())
                  .add(Linear.builder().setUnits(2).build()),
              1,
              2,
              2)
          .revalued(
              Map.of(
                  "fc1.weight",
                  new float[] {1, -2, 3, -4, -5, 6, -7, 8},
                  "fc1.bias",
                  new float[2]));

  /** Two filters of 2×2 on one channel. */
  private static final Network CONVOLUTION =
      Network.of(
              new SequentialBlock()
                  .add(Conv2d.builder().setFilters(2).setKernelShape(new Shape(2, 2)).build())
                  .add(Blocks.batchFlattenBlock())
                  .add(Linear.builder().setUnits(3).build()),
              1,
              2,
              2)
          .revalued(
              Map.of(
                  "conv1.weight",
                  new float[] {1, 2, 3, 4, 5, 6, 7, 8},
                  "conv1.bias",
                  new float[2],
                  "fc1.weight",
                  new float[6],
                  "fc1.bias",
                  new float[3]));

  private static Mask mask(int... kept) {
    boolean[] bits = new boolean[8];
    for (int index : kept) {
      bits[index] = true;
    }
    return Mask.of("fc1", new long[] {2, 4}, bits);
  }

  @Test
  void aSurvivalMapCountsTheWeightsOfEachPixel() {
    SurvivalMap map = SurvivalMap.of(DENSE.masked(mask(0, 2, 4)));
    assertThat(map.counts()).isDeepEqualTo(new int[][] {{2, 0}, {1, 0}});
    assertThat(map.toString())
        .startsWith("figure of 2 panels\n")
        .contains("  3 dots on 2 × 4 places\n")
        .contains("fc1: 3 of 8 weights kept (37.5 %). Each row of the picture is a band of 2");
    assertThat(map.figure().png()).isEqualTo(map.figure().png());
  }

  @Test
  void aSurvivalMapTellsTheMiddleFromTheMargin() {
    boolean[] kept = new boolean[16];
    kept[5] = true;
    kept[6] = true;
    kept[0] = true;
    SurvivalMap map = new SurvivalMap(LayerMask.of("fc1", new long[] {1, 16}, kept), 1, 4, 4);
    assertThat(map.centerDensity(1)).isEqualTo(2.0 / 4);
    assertThat(map.marginDensity(1)).isEqualTo(1.0 / 12);
  }

  @Test
  void aSurvivalMapAddsUpTheChannelsOfAPixel() {
    boolean[] kept = new boolean[8];
    kept[1] = true;
    kept[5] = true;
    LayerMask layer = LayerMask.of("fc1", new long[] {1, 8}, kept);
    assertThat(new SurvivalMap(layer, 2, 2, 2).counts())
        .isDeepEqualTo(new int[][] {{0, 2}, {0, 0}});
  }

  @Test
  void aSurvivalMapNeedsALayerOnThePixels() {
    assertThatThrownBy(() -> SurvivalMap.of(CONVOLUTION))
        .hasMessage(
            "a survival map needs a first layer with a weight for each input value, found conv1 of"
                + " shape 2×1×2×2 on inputs of shape 1×2×2; thumbnails(network, \"conv1\") shows kernels");
  }

  @Test
  void anOverlapStandsBesideWhatChanceWouldGive() {
    MaskOverlap overlap = MaskOverlap.of(List.of(mask(0, 1, 2, 3), mask(2, 3, 4, 5)));
    // Both keep 2 of the 6 that either keeps. Halves by chance: a quarter over three quarters.
    assertThat(overlap.rows())
        .containsExactly(
            new Overlap("fc1", "1 and 2", 0.5, 0.5, 2.0 / 6, 0.25 / 0.75),
            new Overlap("all", "1 and 2", 0.5, 0.5, 2.0 / 6, 0.25 / 0.75));
    assertThat(overlap.names("a", "b").rows().get(0).masks()).isEqualTo("a and b");
    assertThat(overlap.toString())
        .contains("chart \"Do the masks agree?\": layer by masks\n  4 cells");
    assertThat(overlap.table().rowCount()).isEqualTo(2);
  }

  @Test
  void theChanceLevelIsThatOfShuffledMasks() {
    boolean[] bits = new boolean[40_000];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = i % 5 == 0;
    }
    Mask mask = Mask.of("fc1", new long[] {200, 200}, bits);
    Overlap row = MaskOverlap.of(List.of(mask.shuffled(1), mask.shuffled(2))).rows().get(0);
    assertThat(row.jaccard()).isCloseTo(row.byChance(), offset(0.01));
  }

  @Test
  void anOverlapNeedsTwoMasks() {
    assertThatThrownBy(() -> MaskOverlap.of(List.of(mask(0))))
        .hasMessage(
            "an overlap needs two masks or more and a name for each, found 1 masks and 1 names");
  }

  @Test
  void aWeightHistogramCountsOnlyWhatIsKept() {
    Network pruned = DENSE.masked(mask(3, 5, 6, 7));
    String text = WeightHistogram.of("fc1", DENSE, pruned, pruned).toString();
    assertThat(text)
        .startsWith("chart \"Weights of fc1\": count by weight\n  before: 81 points\n  pruned: 81");
    HistogramPlot plot =
        Plot.histogram("a", new float[] {0, 1, 2}).and("b", new float[] {2, 4}).bins(2);
    assertThat(plot.chart().getSeriesMap().get("a").getYData()).containsExactly(2, 1, 1);
    assertThat(plot.chart().getSeriesMap().get("b").getYData()).containsExactly(0, 2, 2);
    assertThat(plot.logY().chart().getSeriesMap().get("b").getYData()).containsExactly(0.5, 2, 2);
  }

  @Test
  void thumbnailsAreTheKernelsWithoutWhatIsPruned() {
    boolean[] kept = {true, false, true, true, false, false, false, false};
    Mask mask =
        Mask.of(LayerMask.of("conv1", new long[] {2, 1, 2, 2}, kept), LayerMask.ones("fc1", 3, 2));
    Thumbnails pictures = new Thumbnails(CONVOLUTION.masked(mask), "conv1");
    assertThat(pictures.tiles().stream().map(Arrays::deepToString))
        .containsExactly("[[1.0, NaN], [3.0, 4.0]]", "[[NaN, NaN], [NaN, NaN]]");
    assertThat(pictures.toString())
        .isEqualTo(
            "chart \"Kernels of conv1\"\n  2 tiles of 2 × 2\nconv1: 3 of 8 weights kept; grey: pruned.");
    assertThat(pictures.figure().png()).isNotEmpty();
    assertThat(new Thumbnails(DENSE, "fc1").tiles().get(1))
        .isDeepEqualTo(new float[][] {{-5, 6}, {-7, 8}});
    assertThatThrownBy(() -> new Thumbnails(CONVOLUTION, "fc1"))
        .hasMessage(
            "thumbnails need a convolution, or a layer with a weight for each pixel, found fc1 of shape 3×2");
    float[] broken = {1, Float.NaN, 3, -4, -5, 6, -7, 8};
    Network diverged = DENSE.revalued(Map.of("fc1.weight", broken, "fc1.bias", new float[2]));
    assertThatThrownBy(() -> new Thumbnails(diverged, "fc1"))
        .isInstanceOf(DivergedException.class)
        .hasMessageContaining("holds NaN at index 1 of fc1.weight");
  }

  @Test
  void signsAgreeWhereBothKeepAndBothAreOfOneSign() {
    float[] other = {1, 1, 1, 1, 1, 1, 1, 0};
    Network second = DENSE.revalued(Map.of("fc1.weight", other, "fc1.bias", new float[2]));
    SignAgreement all = new SignAgreement(DENSE, second);
    // Of eight, four are positive in the first; the last is zero in the second and agrees with
    // none.
    assertThat(all.rows()).containsExactly(new Signs("fc1", 8, 3.0 / 8, 0.5 * 7 / 8 + 0.5 * 1 / 8));
    SignAgreement two = new SignAgreement(DENSE.masked(mask(0, 1, 2)), second.masked(mask(0, 2)));
    assertThat(two.rows()).containsExactly(new Signs("fc1", 2, 1, 1));
    assertThat(two.toString()).contains("  same sign: 1 bar\n  by chance: 1 bar");
  }

  @Test
  void everyLayerHasAHistogramOfItsWeights() {
    LayerHistograms pictures = new LayerHistograms(new Lenet300100().initialize(1));
    assertThat(pictures.toString())
        .startsWith("figure of 3 panels")
        .contains("chart \"fc1\": count by weight", "chart \"fc3\"");
    assertThat(pictures.bundle().parts()).containsKey("image/png");
  }
}
