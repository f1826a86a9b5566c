package kerf.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import java.util.Base64;
import java.util.List;
import kerf.display.Bundle;
import kerf.display.Display;
import kerf.display.Progress;
import kerf.display.Screen;
import kerf.plot.LinePlot;
import kerf.plot.Plot;
import kerf.table.Rows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;

class RenderersTest {
  record Point(int x, double y) {}

  private static final Table TABLE =
      Rows.table("points", Point.class, List.of(new Point(1, 0.5), new Point(2, 0.25)));
  private static final LinePlot PLOT = Plot.line(TABLE).x("x").y("y").size(200, 150);
  private static final String TEXT = "chart: y by x\n  2 points";

  @AfterEach
  void forgetTheKernel() {
    Display.screen(null);
  }

  @Test
  void withoutAKernelNothingHappens() {
    Renderers.install();
    assertThat(Display.kernel()).isEmpty();
  }

  @Test
  void ijavaShowsTablesFiguresAndCharts() {
    try (FakeIJava kernel = new FakeIJava()) {
      Renderers.install();
      Renderers.install();
      var table = kernel.getRenderer().render(TABLE);
      assertThat(table.getData(MIMEType.TEXT_HTML).toString()).startsWith("<table");
      assertThat(table.getData(MIMEType.TEXT_PLAIN).toString()).startsWith("points\nx     y\n");
      var plot = kernel.getRenderer().render(PLOT);
      assertThat(plot.getData(MIMEType.TEXT_PLAIN)).isEqualTo(TEXT);
      assertThat(plot.getData(MIMEType.IMAGE_PNG)).isEqualTo(png());
      assertThat(plot.hasDataForType(MIMEType.IMAGE_SVG)).isFalse();
      var chart = kernel.getRenderer().render(PLOT.chart());
      assertThat(chart.getData(MIMEType.IMAGE_PNG)).isEqualTo(png());
      var svg = kernel.getRenderer().renderAs(PLOT, Rendering.SVG);
      assertThat(svg.getData(MIMEType.IMAGE_SVG)).isEqualTo(PLOT.figure().svg());
      assertThat(svg.hasDataForType(MIMEType.IMAGE_PNG)).isFalse();
    }
  }

  @Test
  void jjavaShowsTheSame() {
    try (FakeJjava kernel = new FakeJjava()) {
      Renderers.install();
      new KerfExtension().install(kernel);
      var type = org.dflib.jjava.jupyter.kernel.display.mime.MIMEType.parse("image/png");
      var table = kernel.getRenderer().render(TABLE);
      assertThat(table.hasDataForType(type)).isFalse();
      assertThat(kernel.getRenderer().render(PLOT).getData(type)).isEqualTo(png());
      assertThat(kernel.getRenderer().render(PLOT.chart()).getData(type)).isEqualTo(png());
      assertThat(kernel.getRenderer().renderAs(PLOT, Rendering.SVG).hasDataForType(type)).isFalse();
    }
  }

  private static String png() {
    return Base64.getEncoder().encodeToString(PLOT.figure().png());
  }

  @Test
  void progressIsOneDisplayUpdatedInPlaceInIjava() {
    try (FakeIJava kernel = new FakeIJava()) {
      Progress.of(List.of(1, 2), "counting").forEach(item -> assertThat(item).isPositive());
      Display.show(Bundle.of("done"));
      Display.show(12);
      assertThat(kernel.types)
          .containsExactly("display_data", "update_display_data", "display_data", "display_data");
      assertThat(kernel.sent.get(0).getDisplayId())
          .startsWith("kerf-")
          .isEqualTo(kernel.sent.get(1).getDisplayId());
      assertThat(kernel.sent.get(1).getData(MIMEType.TEXT_PLAIN))
          .isEqualTo("counting [####################] 100 % · 2 of 2");
      assertThat(kernel.sent.get(2).hasDisplayId()).isFalse();
      assertThat(kernel.sent.get(3).getData(MIMEType.TEXT_PLAIN)).isEqualTo("12");
    }
  }

  @Test
  void progressIsOneDisplayUpdatedInPlaceInJjava() {
    try (FakeJjava kernel = new FakeJjava()) {
      Screen.Live live = Display.live(Bundle.of("1 of 2"));
      live.update(Bundle.of("2 of 2").png(new byte[] {1, 2, 3}, 4, 5));
      assertThat(kernel.types).containsExactly("display_data", "update_display_data");
      assertThat(kernel.sent.get(0).getDisplayId()).isEqualTo(kernel.sent.get(1).getDisplayId());
      var type = org.dflib.jjava.jupyter.kernel.display.mime.MIMEType.parse("image/png");
      assertThat(kernel.sent.get(1).getData(type)).isEqualTo("AQID");
    }
  }
}
