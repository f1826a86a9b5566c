package kerf.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import kerf.table.Rows;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.CategoryChart;
import tech.tablesaw.api.Table;

class OtherPlotsTest {
  record Layer(String layer, String scope, double sparsity) {}

  private static final Table LAYERS =
      Rows.table(
          "layers",
          Layer.class,
          List.of(
              new Layer("fc1", "global", 0.9),
              new Layer("fc2", "global", 0.7),
              new Layer("fc1", "layer-wise", 0.8)));

  @Test
  void barsOfOneCategoryStandSideBySide() {
    CategoryChart chart = Plot.bars(LAYERS).x("layer").y("sparsity").by("scope").percentY().chart();
    assertThat(chart.getYAxisTitle()).isEqualTo("sparsity (%)");
    assertThat(chart.getSeriesMap().keySet()).containsExactly("global", "layer-wise");
    assertThat(List.<Object>copyOf(chart.getSeriesMap().get("global").getXData()))
        .containsExactly("fc1", "fc2");
    assertThat(chart.getSeriesMap().get("global").getYData().toString()).isEqualTo("[0.9, 0.7]");
    assertThat(chart.getSeriesMap().get("layer-wise").getYData().toString())
        .isEqualTo("[0.8, null]");
    assertThat(Plot.bars(LAYERS).x("layer").y("sparsity").title("t").figure().toString())
        .isEqualTo("chart \"t\": sparsity by layer\n  2 bars");
  }

  record Step(String step, double from, double to) {}

  @Test
  void barsOfAWaterfallStartWhereTheOneBeforeEnds() {
    Table steps =
        Rows.table("steps", Step.class, List.of(new Step("dense", 0, 3), new Step("pruned", 9, 3)));
    BarPlot plot = Plot.bars(steps).x("step").y("to");

    // The axis holds the starts too, not only the ends.
    assertThat(plot.from("from").figure().svg()).isNotEqualTo(plot.figure().svg()).contains(">8<");
    assertThat(plot.figure().svg()).doesNotContain(">8<");
    assertThatThrownBy(() -> plot.from("step")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void rowsOfOneCategoryAreAveragedWithWhiskersWhenAsked() {
    Table seeds =
        Rows.table(
            "seeds",
            Layer.class,
            List.of(
                new Layer("fc1", "global", 0.5),
                new Layer("fc1", "global", 1),
                new Layer("fc2", "global", 0.25)));
    BarPlot plot = Plot.bars(seeds).x("layer").y("sparsity").by("scope");
    assertThat(plot.mean().chart().getSeriesMap().get("global").getYData().toString())
        .isEqualTo("[0.75, 0.25]");
    assertThat(plot.chart().getSeriesMap().get("global").getYData().toString())
        .isEqualTo("[0.5, 0.25]");
    assertThat(plot.mean().figure().svg().length()).isGreaterThan(plot.figure().svg().length());
  }

  @Test
  void theLegendNamesWhatHasAMemberThatIsNotFinite() {
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      Table seeds =
          Rows.table(
              "seeds",
              Layer.class,
              List.of(
                  new Layer("fc1", "global", 0.5),
                  new Layer("fc1", "global", bad),
                  new Layer("fc2", "global", 0.25),
                  new Layer("fc1", "layer-wise", 0.75)));
      var series =
          Plot.bars(seeds).x("layer").y("sparsity").by("scope").mean().chart().getSeriesMap();
      assertThat(series.get("global").getLabel()).isEqualTo("global (a member is not finite: fc1)");
      assertThat(series.get("layer-wise").getLabel()).isEqualTo("layer-wise");
      assertThat(Plot.bars(seeds).x("layer").y("sparsity").mean().chart().getSeriesMap())
          .extractingByKey("sparsity")
          .satisfies(
              one ->
                  assertThat(one.getLabel()).isEqualTo("sparsity (a member is not finite: fc1)"));
    }
  }

  @Test
  void valuesThatCannotBeDrawnAreCounted() {
    double nan = Double.NaN;
    double infinite = Double.NEGATIVE_INFINITY;
    assertThat(Plot.histogram(1, nan, 2, infinite).chart().getSeriesMap())
        .extractingByKey("2 values are not finite")
        .satisfies(one -> assertThat(one.getLabel()).isEqualTo("2 values are not finite"));
    HistogramPlot counted = Plot.histogram(new double[] {1, nan, 2}, new long[] {3, 5, 7});
    assertThat(counted.chart().getSeriesMap()).containsOnlyKeys("5 values are not finite");
    assertThat(Plot.histogram(1, 2).and("b", new float[] {3, Float.NaN}).chart().getSeriesMap())
        .containsOnlyKeys("values", "b (1 value is not finite)");
    assertThat(Plot.histogram(1, 2).chart().getSeriesMap()).containsOnlyKeys("values");

    float[][] cells = {{1, Float.NaN}, {Float.POSITIVE_INFINITY, 4}};
    assertThat(Plot.heatMap(cells).title("m").figure().toString())
        .startsWith("chart \"m (2 values are not finite)\"");
    assertThat(Plot.heatMap(new float[][] {{1, 2}}).title("m").figure().toString())
        .startsWith("chart \"m\"");

    // Of tiles NaN means that there is no value: a pruned weight.
    assertThat(Plot.tiles(List.<float[][]>of(cells)).title("t").figure().toString())
        .startsWith("chart \"t (1 value is not finite)\"");
  }

  @Test
  void aHistogramCountsEachValueOnce() {
    HistogramPlot plot = Plot.histogram(0, 1, 2, 2, 4, Double.NaN).bins(4);
    assertThat(plot.counts()).containsExactly(1L, 1L, 2L, 1L);
    assertThat(Plot.histogram(new float[] {7, 7, 7}).bins(3).counts()).containsExactly(3L, 0L, 0L);
    assertThat(plot.chart().getSeriesMap().get("1 value is not finite").getXData())
        .containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void aHistogramOfCountsCountsThem() {
    HistogramPlot plot = Plot.histogram(new double[] {0.5, 1.5, 2.5}, new long[] {7, 0, 2}).bins(3);
    assertThat(plot.counts()).containsExactly(7L, 0L, 2L);
    assertThatThrownBy(() -> Plot.histogram(new double[] {1, 2}, new long[] {1}))
        .hasMessage("a histogram needs a count for each value, found 2 values and 1 counts");
  }

  @Test
  void marksStandAtTheirValuesAndWidenTheAxis() {
    HistogramPlot plot = Plot.histogram(0, 1, 2).bins(2).mark("cut", -1, 5).grid("grid", 0, 1);
    var series = plot.chart().getSeriesMap();
    assertThat(series.get("cut").getXData()).containsExactly(-1, 5);
    assertThat(series.get("cut ").getXData()).containsExactly(-1, -1, -1, 5, 5, 5);
    assertThat(series.get("cut ").getLabel()).isEmpty();
    assertThat(series.get("grid").getYData()[0]).isZero();
    double[] many = IntStream.range(0, 256).asDoubleStream().toArray();
    assertThat(plot.grid("many", many).chart().getSeriesMap().get("many").getYData()[0])
        .as("only at the top, where lines would lie too close")
        .isPositive();
    assertThat(plot.figure().svg()).contains("cut");
    assertThatThrownBy(() -> plot.mark("cut", Double.NaN))
        .hasMessage("a mark needs values, found none for cut");
  }

  @Test
  void aHeatMapHasACellForEachValue() {
    var chart = Plot.heatMap(new float[][] {{1, 2}, {Float.NaN, -4}}).title("m").chart();
    List<String> cells =
        chart.getHeatMapSeries().getHeatData().stream().map(Arrays::toString).toList();
    assertThat(cells).containsExactly("[0, 0, 1.0]", "[1, 0, 2.0]", "[1, 1, -4.0]");
    assertThat(Plot.heatMap(new float[][] {{1}}).figure().png()).isNotEmpty();
  }

  @Test
  void aSmallHeatMapHasNamesAndPrintsItsValues() {
    HeatMapPlot plot =
        Plot.heatMap(new float[][] {{0.25f, 0.5f}})
            .rows(List.of("fc1"))
            .columns(List.of("a", "b"))
            .range(0, 1)
            .printed(2);
    String svg = plot.figure().svg();
    assertThat(svg).contains(">fc1<", ">a<", ">b<", ">0.25<", ">0.50<", ">1.0<");
    assertThatThrownBy(() -> plot.rows(List.of("fc1", "fc2")))
        .hasMessage("a heat map of 1 rows needs as many names, found 2: fc1, fc2");
    assertThatThrownBy(() -> plot.range(1, 1))
        .hasMessage("colours run from low to high, found low 1.0 and high 1.0");
  }

  @Test
  void aRasterIsDarkWhereTrue() throws Exception {
    boolean[][] rows = {{true, false}, {false, false}};
    Figure figure = Plot.raster(rows).title("r").figure();
    assertThat(figure.toString()).isEqualTo("chart \"r\": row by column\n  1 dots on 2 × 2 places");
    var image = ImageIO.read(new ByteArrayInputStream(figure.png()));
    int width = image.getWidth();
    int height = image.getHeight();
    assertThat(new Color(image.getRGB(width / 4, height / 4))).isEqualTo(Theme.DOT);
    assertThat(new Color(image.getRGB(3 * width / 4, height / 4))).isEqualTo(Color.WHITE);
    assertThatThrownBy(() -> Plot.raster(new boolean[][] {{true}, {}}))
        .hasMessage(
            "a raster's rows must be of equal length, found 1 dots in row 0 and 0 in row 1");
  }

  @Test
  void tilesGiveEachMatrixItsPlace() {
    float[][] tile = {{1, Float.NaN}};
    assertThat(Plot.tiles(List.of(tile, tile, tile)).figure().toString())
        .isEqualTo("chart\n  3 tiles of 1 × 2");
    assertThatThrownBy(() -> Plot.tiles(List.of()))
        .hasMessage("a chart of tiles needs at least one, found none");
    assertThatThrownBy(() -> Plot.tiles(List.of(tile, tile)).side(3))
        .hasMessage("tiles need columns of 0 or more and sides of 4 pixels or more, found 0 and 3");
  }

  @Test
  void mistakesAreNamed() {
    assertThatThrownBy(() -> Plot.bars(LAYERS).x("layer").chart())
        .hasMessage(
            "a bar plot needs its columns, found x layer and y none; write .x(\"…\").y(\"…\")");
    assertThatThrownBy(() -> Plot.histogram(Double.NaN))
        .hasMessage("a histogram needs finite values, found none");
    assertThatThrownBy(() -> Plot.histogram(1, 2).bins(0))
        .hasMessage("bins must be in 1..500, found 0");
    assertThatThrownBy(() -> Plot.heatMap(new float[][] {{1, 2}, {3}}))
        .hasMessage(
            "a heat map's rows must be of equal length, found 2 values in row 0 and 1 in row 1");
    assertThatThrownBy(() -> Plot.heatMap(new float[0][]))
        .hasMessage("a heat map needs values, found none");
  }
}
