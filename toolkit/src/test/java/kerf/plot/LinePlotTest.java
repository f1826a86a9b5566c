package kerf.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import kerf.table.Rows;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import tech.tablesaw.api.Table;

class LinePlotTest {
  record Trial(String arm, int seed, double share, double accuracy, double low, double high) {}

  private static final Table TRIALS =
      Rows.table(
          "trials",
          Trial.class,
          List.of(
              new Trial("ticket", 1, 0.2, 0.96, 0.95, 0.98),
              new Trial("ticket", 2, 0.2, 0.98, 0.97, 0.99),
              new Trial("ticket", 1, 1.0, 0.97, 0.96, 0.98),
              new Trial("random", 1, 0.2, Double.NaN, Double.NaN, Double.NaN),
              new Trial("random", 1, 1.0, 0.5, 0.4, 0.9)));

  private static final LinePlot PLAN = Plot.line(TRIALS).x("share").y("accuracy").by("arm");

  @Test
  void eachValueOfTheSeriesColumnIsASeriesInOrderOfX() {
    XYChart chart = PLAN.chart();
    assertThat(chart.getSeriesMap().keySet()).containsExactly("ticket", "random");
    XYSeries ticket = chart.getSeriesMap().get("ticket");
    assertThat(ticket.getXData()).containsExactly(0.2, 0.2, 1);
    assertThat(ticket.getYData()).containsExactly(0.96, 0.98, 0.97);
    assertThat(chart.getSeriesMap().get("random").getYData()).containsExactly(Double.NaN, 0.5);
    assertThat(chart.getXAxisTitle()).isEqualTo("share");
  }

  @Test
  void meansReachFromTheLeastToTheGreatest() {
    Curve curve = Curve.means("ticket", TRIALS, List.of(0, 1, 2), "share", "accuracy");
    assertThat(curve.x()).containsExactly(0.2, 1);
    assertThat(curve.y()).containsExactly(0.97, 0.97);
    assertThat(curve.low()).containsExactly(0.96, 0.97);
    assertThat(curve.high()).containsExactly(0.98, 0.97);
  }

  @Test
  void aMeanWithAMemberThatIsNotFiniteIsMarkedAndNotThatOfTheOthers() {
    Table table =
        Rows.table(
            "trials",
            Trial.class,
            List.of(
                new Trial("ticket", 1, 0.2, 0.9, 0, 0),
                new Trial("ticket", 2, 0.2, Double.NaN, 0, 0),
                new Trial("ticket", 1, 1.0, 0.8, 0, 0),
                new Trial("ticket", 2, 1.0, 0.6, 0, 0),
                new Trial("random", 1, 0.2, Double.POSITIVE_INFINITY, 0, 0),
                new Trial("random", 1, 1.0, 0.5, 0, 0),
                new Trial("not measured", 1, 1.0, Double.NaN, 0, 0)));
    XYChart chart = Plot.line(table).x("share").y("accuracy").by("arm").mean().chart();

    assertThat(chart.getSeriesMap().keySet())
        .containsExactly(
            "ticket", "random", "ticket, a member is not finite", "random, a member is not finite");
    assertThat(chart.getSeriesMap().get("ticket").getYData()).containsExactly(Double.NaN, 0.7);
    for (String arm : List.of("ticket", "random")) {
      XYSeries mark = chart.getSeriesMap().get(arm + ", a member is not finite");
      assertThat(mark.getXData()).containsExactly(0.2);
    }
    assertThat(chart.getSeriesMap().get("ticket, a member is not finite").getLabel())
        .isEqualTo("a member is not finite");
  }

  @Test
  void errorBarsMayBeUnequalAndWidenTheAxis() {
    Curve curve = Curve.points("random", TRIALS, List.of(4), "share", "accuracy", "low", "high");
    assertThat(curve.least()).isEqualTo(0.4);
    assertThat(curve.greatest()).isEqualTo(0.9);
  }

  @Test
  void publishedPointsTakeTheLookOfTheirSeries() {
    Table paper =
        Rows.table("paper", Trial.class, List.of(new Trial("random", 0, 0.5, 0.6, 0.6, 0.6)));
    XYChart chart = PLAN.published("paper", paper).chart();
    assertThat(chart.getSeriesMap().keySet()).containsExactly("ticket", "random", "paper, random");
    XYSeries published = chart.getSeriesMap().get("paper, random");
    XYSeries measured = chart.getSeriesMap().get("random");
    assertThat(published.getLineColor()).isEqualTo(measured.getLineColor());
    assertThat(published.getLineStyle()).isNotEqualTo(measured.getLineStyle());
    assertThat(published.getYData()).containsExactly(0.6);
  }

  @Test
  void seriesDifferInColourMarkerAndDash() {
    XYSeries ticket = PLAN.chart().getSeriesMap().get("ticket");
    XYSeries random = PLAN.chart().getSeriesMap().get("random");
    assertThat(ticket.getLineColor()).isNotEqualTo(random.getLineColor());
    assertThat(ticket.getLineStyle()).isNotEqualTo(random.getLineStyle());
    assertThat(ticket.getMarker()).isNotEqualTo(random.getMarker());
  }

  @Test
  void refinementsLeaveThePlanAsItWas() {
    LinePlot refined =
        PLAN.title("t").xTitle("share left").logX().decreasingX().percentX().steps().size(300, 200);
    XYChart chart = refined.chart();
    assertThat(chart.getTitle()).isEqualTo("t");
    assertThat(chart.getXAxisTitle()).isEqualTo("share left (%)");
    assertThat(chart.getWidth()).isEqualTo(300);
    assertThat(chart.getSeriesMap().get("ticket").getXYSeriesRenderStyle())
        .isEqualTo(XYSeriesRenderStyle.Step);
    assertThat(PLAN.title()).isEmpty();
    assertThat(PLAN.chart().getXAxisTitle()).isEqualTo("share");
    assertThat(PLAN.logY().yAxis().scaling()).isEqualTo(Axis.Scaling.LOG);
  }

  @Test
  void oneSeriesNeedsNoLegendAndManyNumbersATitle() {
    assertThat(legend(Plot.line(TRIALS).x("share").y("accuracy")).entries()).isEmpty();
    assertThat(legend(PLAN).entries())
        .extracting(Legend.Entry::name)
        .containsExactly("ticket", "random");
    assertThat(legend(PLAN).title()).isEmpty();
    assertThat(legend(PLAN.by("seed")).title()).isEqualTo("seed");
  }

  private static Legend legend(Plot plan) {
    return Legend.of(List.of(plan.chart()));
  }

  @Test
  void mistakesAreNamed() {
    assertThatThrownBy(() -> PLAN.y("acuracy"))
        .hasMessage(
            "table trials has no column acuracy; its columns are"
                + " arm, seed, share, accuracy, low, high; write accuracy");
    assertThatThrownBy(() -> PLAN.x("arm"))
        .hasMessage("column arm of table trials must hold numbers, found string");
    assertThatThrownBy(() -> Plot.line(TRIALS).y("accuracy").chart())
        .hasMessage(
            "a line plot needs its columns, found x none and y accuracy;"
                + " write .x(\"…\").y(\"…\")");
    assertThatThrownBy(() -> PLAN.yRange(1, 0))
        .hasMessage("an axis runs from low to high, found low 1.0 and high 0.0");
    assertThatThrownBy(() -> PLAN.logX().xRange(0, 1))
        .hasMessage("a logarithmic axis shows values above 0 only, found low 0.0");
    assertThatThrownBy(() -> PLAN.size(10, 10))
        .hasMessage(
            "a chart needs at least 200 x 150 pixels and has 10,000 at most each way, found 10 x 10");
    Table none = Rows.table("none", Trial.class, List.of());
    assertThatThrownBy(() -> Plot.line(none).x("share").y("accuracy").chart())
        .hasMessage("table none has no row with a value in share; there is nothing to draw");
  }
}
