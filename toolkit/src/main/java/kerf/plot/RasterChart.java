package kerf.plot;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import kerf.plot.Axis.Direction;
import org.knowm.xchart.HeatMapChart;

/** A chart of dots, painted as an image: hundreds of thousands of shapes would be too many. */
final class RasterChart extends HeatMapChart implements Counted {
  /** Image pixels to a chart pixel, so that dots smaller than a pixel are averaged, not dropped. */
  private static final int FINE = 4;

  private static final int WHITE = 0xFFFFFF;

  private final boolean[][] rows;

  RasterChart(int width, int height, boolean[][] rows) {
    super(width, height);
    this.rows = rows;
    Theme.dress(getStyler());
    getStyler().setPlotGridLinesVisible(false);
  }

  @Override
  public void paint(Graphics2D g, int width, int height) {
    setWidth(width);
    setHeight(height);
    Axis down = Axis.standard().direction(Direction.DECREASING);
    Frame.paint(
        g,
        this,
        Scale.fit(Axis.standard().range(0, rows[0].length), 0, 1, 0),
        Scale.fit(down.range(0, rows.length), 0, 1, 0),
        0,
        frame -> paintDots(g, frame));
  }

  private void paintDots(Graphics2D g, Frame frame) {
    int across = (int) Math.ceil(frame.box().getWidth()) * FINE;
    int down = (int) Math.ceil(frame.box().getHeight()) * FINE;
    int ink = Theme.DOT.getRGB();
    BufferedImage fine = new BufferedImage(across, down, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < down; y++) {
      int at = index(frame.y().scale(), 1 - (y + 0.5) / down);
      for (int x = 0; x < across; x++) {
        int column = index(frame.x().scale(), (x + 0.5) / across);
        boolean inside = at >= 0 && at < rows.length && column >= 0 && column < rows[0].length;
        fine.setRGB(x, y, inside && rows[at][column] ? ink : WHITE);
      }
    }
    AffineTransform place =
        AffineTransform.getTranslateInstance(frame.box().getX(), frame.box().getY());
    place.scale(frame.box().getWidth() / across, frame.box().getHeight() / down);
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    g.drawImage(fine, place, null);
  }

  private static int index(Scale scale, double place) {
    return (int) Math.floor(scale.at(place));
  }

  @Override
  public String counted() {
    int dots = 0;
    for (boolean[] row : rows) {
      for (boolean dot : row) {
        dots += dot ? 1 : 0;
      }
    }
    return "%,d dots on %,d × %,d places".formatted(dots, rows.length, rows[0].length);
  }
}
