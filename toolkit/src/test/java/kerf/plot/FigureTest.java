package kerf.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import kerf.display.Bundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FigureTest {
  @Test
  void theSamePlansGiveTheSameBytes() {
    assertThat(LotteryFigures.fourth().png()).isEqualTo(LotteryFigures.fourth().png());
    assertThat(LotteryFigures.fourth().svg()).isEqualTo(LotteryFigures.fourth().svg());
  }

  @Test
  void aPictureHasTwiceThePixelsItIsShownAt() throws Exception {
    Figure figure = LotteryFigures.third();
    Bundle bundle = figure.bundle();
    byte[] png = (byte[]) bundle.parts().get("image/png");
    var image = ImageIO.read(new ByteArrayInputStream(png));
    assertThat(image.getWidth()).isEqualTo(2 * figure.width()).isEqualTo(1360);
    assertThat(image.getHeight()).isEqualTo(2 * figure.height());
    assertThat(bundle.metadata().get("image/png"))
        .isEqualTo(
            Map.of("width", figure.width(), "height", figure.height(), "alt", figure.toString()));
    assertThat(new String(png, 37, 4, StandardCharsets.US_ASCII)).isEqualTo("pHYs");
  }

  @Test
  void itsTextNamesTitlesAxesAndSeries() {
    assertThat(LotteryFigures.third().toString())
        .isEqualTo(
            """
            chart: test accuracy (%) by training iteration
              100.0 %: 40 points
              51.3 %: 40 points
              21.1 %: 40 points
              7.0 %: 40 points
              3.6 %: 40 points
            Test accuracy of LeNet-300-100 on MNIST as training proceeds, for winning tickets with\
             a share of the weights. Mean of 3 seeds; bars from the least to the greatest.\
             Invented numbers.""");
    assertThat(LotteryFigures.fourth().title("lottery").toString())
        .startsWith("figure of 4 panels \"lottery\"\nchart \"early-stop iteration\": early stop")
        .contains("  random mask: 15 points\n  one-shot: 15 points\n  paper, winning ticket: 3");
  }

  @Test
  void panelsShareALegendAndOneChartKeepsItsOwn() {
    assertThat(LotteryFigures.fourth().charts()).hasSize(4);
    assertThat(LotteryFigures.fourth().charts())
        .noneMatch(chart -> chart.getStyler().isLegendVisible());
    assertThat(LotteryFigures.third().charts())
        .allMatch(chart -> chart.getStyler().isLegendVisible());
    assertThat(Legend.of(LotteryFigures.fourth().charts()).entries()).hasSize(5);
  }

  @Test
  void whatIsTunedInAChartShows() {
    Figure figure = LotteryFigures.third();
    figure.charts().get(0).setTitle("tuned");
    assertThat(figure.caption("").svg()).contains(">tuned</text>");
  }

  @Test
  void savesByTheNameOfTheFile(@TempDir Path folder) throws Exception {
    Figure figure = LotteryFigures.panel("final accuracy").title("a < b").figure();
    figure.save(folder.resolve("figures/four.svg"));
    figure.save(folder.resolve("figures/four.png"));
    assertThat(Files.readAllBytes(folder.resolve("figures/four.png"))).isEqualTo(figure.png());
    var factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
    var svg = factory.newDocumentBuilder().parse(folder.resolve("figures/four.svg").toFile());
    assertThat(svg.getDocumentElement().getAttribute("width")).isEqualTo("480px");
    assertThat(svg.getElementsByTagName("text").item(0).getTextContent()).isEqualTo("0.94");
    assertThatThrownBy(() -> figure.save(folder.resolve("four.pdf")))
        .hasMessage(
            "a figure is saved as .png or .svg, found four.pdf; end the name with one of these");
  }

  @Test
  void anEmptyFigureIsRefused() {
    assertThatThrownBy(() -> Figure.grid(2))
        .hasMessage("a figure needs a panel and a column, found 0 panels in 2 columns");
  }
}
