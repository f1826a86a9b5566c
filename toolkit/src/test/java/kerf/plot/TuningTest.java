package kerf.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.Font;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendPosition;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** What a chart's styler is told shows in the figure. */
class TuningTest {
  private static final Table TRIALS =
      Table.create(
          "trials",
          DoubleColumn.create("share", 1, 2, 3, 1, 2, 3),
          DoubleColumn.create("accuracy", 0.5, 0.7, 0.9, 0.4, 0.6, 0.8),
          StringColumn.create("arm", "one", "one", "one", "two", "two", "two"));

  private static XYChart lines() {
    return Plot.line(TRIALS).x("share").y("accuracy").by("arm").title("t").chart();
  }

  private static CategoryChart bars() {
    return Plot.bars(TRIALS).x("share").y("accuracy").by("arm").title("t").chart();
  }

  private static Map<String, Consumer<AxesChartStyler>> settings() {
    Map<String, Consumer<AxesChartStyler>> all = new LinkedHashMap<>();
    all.put("yAxisMin", s -> s.setYAxisMin(-1.0));
    all.put("yAxisMax", s -> s.setYAxisMax(5.0));
    all.put("yAxisDecimalPattern", s -> s.setYAxisDecimalPattern("0.000"));
    all.put("yAxisTickMarkSpacingHint", s -> s.setYAxisTickMarkSpacingHint(120));
    all.put("yAxisTickLabelsColor", s -> s.setYAxisTickLabelsColor(Color.RED));
    all.put("xAxisTickLabelsColor", s -> s.setXAxisTickLabelsColor(Color.RED));
    all.put("axisTickLabelsFont", s -> s.setAxisTickLabelsFont(new Font("Serif", 0, 20)));
    all.put("axisTickMarksColor", s -> s.setAxisTickMarksColor(Color.RED));
    all.put("axisTickMarkLength", s -> s.setAxisTickMarkLength(9));
    all.put("axisTicksMarksVisible", s -> s.setAxisTicksMarksVisible(false));
    all.put("axisTicksVisible", s -> s.setAxisTicksVisible(false));
    all.put("axisTitleFont", s -> s.setAxisTitleFont(new Font("Serif", 0, 20)));
    all.put("xAxisTitleVisible", s -> s.setXAxisTitleVisible(false));
    all.put("yAxisTitleVisible", s -> s.setYAxisTitleVisible(false));
    all.put("xAxisTitleColor", s -> s.setXAxisTitleColor(Color.RED));
    all.put("plotGridLinesVisible", s -> s.setPlotGridLinesVisible(false));
    all.put("plotGridHorizontal", s -> s.setPlotGridHorizontalLinesVisible(false));
    all.put("plotGridLinesColor", s -> s.setPlotGridLinesColor(Color.RED));
    all.put("plotBackgroundColor", s -> s.setPlotBackgroundColor(Color.PINK));
    all.put("plotBorderVisible", s -> s.setPlotBorderVisible(false));
    all.put("plotBorderColor", s -> s.setPlotBorderColor(Color.RED));
    all.put("chartBackgroundColor", s -> s.setChartBackgroundColor(Color.PINK));
    all.put("chartTitleFont", s -> s.setChartTitleFont(new Font("Serif", 0, 20)));
    all.put("chartTitleVisible", s -> s.setChartTitleVisible(false));
    all.put("chartFontColor", s -> s.setChartFontColor(Color.RED));
    all.put("legendVisible", s -> s.setLegendVisible(false));
    all.put("legendFont", s -> s.setLegendFont(new Font("Serif", 0, 20)));
    for (LegendPosition position : LegendPosition.values()) {
      if (position != LegendPosition.OutsideS) {
        all.put("legendPosition " + position, s -> s.setLegendPosition(position));
      }
    }
    return all;
  }

  @TestFactory
  List<DynamicTest> everySettingShows() {
    String line = Figure.of(lines()).svg();
    String bar = Figure.of(bars()).svg();
    return settings().entrySet().stream()
        .map(
            setting ->
                DynamicTest.dynamicTest(
                    setting.getKey(),
                    () -> {
                      XYChart lines = lines();
                      setting.getValue().accept(lines.getStyler());
                      assertThat(Figure.of(lines).svg()).isNotEqualTo(line);
                      CategoryChart bars = bars();
                      setting.getValue().accept(bars.getStyler());
                      assertThat(Figure.of(bars).svg()).isNotEqualTo(bar);
                    }))
        .toList();
  }

  @Test
  void rangesAndLogarithmsReplaceThePlans() {
    XYChart chart = lines();
    chart.getStyler().setXAxisMin(1.0).setXAxisMax(100.0).setXAxisLogarithmic(true);
    Scale plan = Scale.fit(Axis.standard(), 1, 3, 0.03);
    Tuning x = Tuning.x(plan, chart.getStyler());
    assertThat(x.scale().place(10)).isEqualTo(0.5);
    assertThat(x.ticks(150)).extracting(Scale.Tick::text).containsExactly("1", "10", "100");
    chart.getStyler().setxAxisTickLabelsFormattingFunction(value -> "x" + value.intValue());
    assertThat(Tuning.x(plan, chart.getStyler()).ticks(150))
        .extracting(Scale.Tick::text)
        .containsExactly("x1", "x10", "x100");
  }

  @Test
  void thePlansLogarithmIsTheStylersAndCanBeTakenBack() {
    XYChart chart = Plot.line(TRIALS).x("share").y("accuracy").logX().chart();
    assertThat(chart.getStyler().isXAxisLogarithmic()).isTrue();
    assertThat(chart.getStyler().isYAxisLogarithmic()).isFalse();
    String before = Figure.of(chart).svg();
    chart.getStyler().setXAxisLogarithmic(false);
    assertThat(Figure.of(chart).svg()).isNotEqualTo(before);
  }

  @Test
  void whatCannotBeDrawnIsRefusedWithTheCure() {
    XYChart chart = lines();
    chart.getStyler().setXAxisMin(7.0);
    Figure figure = Figure.of(chart);
    assertThatThrownBy(figure::svg)
        .hasMessage(
            "the x axis runs from low to high, found 7.0 to 3.06; set both its minimum and its"
                + " maximum");
    chart.getStyler().setXAxisMin(-1.0).setXAxisLogarithmic(true);
    assertThatThrownBy(figure::svg)
        .hasMessage(
            "a logarithmic x axis shows values above 0 only, found -1.0 at its start; set its"
                + " minimum");
  }

  @Test
  void seriesCanBeAddedHiddenAndLeftOutOfTheLegend() {
    XYChart chart = lines();
    chart.addSeries("mine", new double[] {1, 2}, new double[] {0.5, 0.6});
    assertThat(Figure.of(chart).svg()).contains(">mine</text>");
    chart.getSeriesMap().get("mine").setShowInLegend(false);
    assertThat(Figure.of(chart).svg()).doesNotContain(">mine</text>");
    String with = Figure.of(chart).svg();
    chart.getSeriesMap().get("one").setEnabled(false);
    assertThat(Figure.of(chart).svg()).isNotEqualTo(with).doesNotContain(">one</text>");
  }

  @Test
  void aHeatMapsScaleOfColorsIsItsLegendAlsoAmongPanels() {
    HeatMapPlot plan = Plot.heatMap(new float[][] {{1, 2}, {3, 40}});
    Figure two = Figure.row(plan, plan);
    assertThat(two.charts()).allMatch(chart -> chart.getStyler().isLegendVisible());
    String before = two.svg();
    two.charts().get(0).getStyler().setLegendVisible(false);
    assertThat(two.svg()).isNotEqualTo(before);
  }
}
