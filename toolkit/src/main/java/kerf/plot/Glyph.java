package kerf.plot;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.None;

/**
 * The shapes of markers, of about equal area; each fits in a square of side 2 around the origin.
 */
enum Glyph {
  CIRCLE(new Ellipse2D.Double(-1, -1, 2, 2)),
  SQUARE(new Rectangle2D.Double(-0.9, -0.9, 1.8, 1.8)),
  TRIANGLE(polygon(-1.1, 0.85, 1.1, 0.85, 0, -1.15)),
  DIAMOND(polygon(-1.2, 0, 0, 1.2, 1.2, 0, 0, -1.2)),
  WEDGE(polygon(-1.1, -0.85, 1.1, -0.85, 0, 1.15)),
  CROSS(
      polygon(
          -1.1, -0.4, -0.4, -0.4, -0.4, -1.1, 0.4, -1.1, 0.4, -0.4, 1.1, -0.4, 1.1, 0.4, 0.4, 0.4,
          0.4, 1.1, -0.4, 1.1, -0.4, 0.4, -1.1, 0.4));

  private final Shape shape;

  Glyph(Shape shape) {
    this.shape = shape;
  }

  private static Shape polygon(double... xy) {
    Path2D path = new Path2D.Double();
    path.moveTo(xy[0], xy[1]);
    for (int i = 2; i < xy.length; i += 2) {
      path.lineTo(xy[i], xy[i + 1]);
    }
    path.closePath();
    return path;
  }

  /** Filled: a measured point. */
  Marker filled() {
    return new Mark(this, false);
  }

  /** An outline on white: a published point. */
  Marker hollow() {
    return new Mark(this, true);
  }

  /** No marker at all. */
  static Marker none() {
    return new None();
  }

  private void paint(Graphics2D g, double x, double y, int size, boolean hollow) {
    AffineTransform place = AffineTransform.getTranslateInstance(x, y);
    place.scale(size / 2.0, size / 2.0);
    Shape placed = place.createTransformedShape(shape);
    Color color = g.getColor();
    if (hollow) {
      g.setColor(Color.WHITE);
      g.fill(placed);
      g.setColor(color);
      g.setStroke(Theme.stroke(1.3f));
      g.draw(placed);
    } else {
      g.fill(placed);
    }
  }

  private static final class Mark extends Marker {
    private final Glyph glyph;
    private final boolean hollow;

    Mark(Glyph glyph, boolean hollow) {
      this.glyph = glyph;
      this.hollow = hollow;
    }

    @Override
    public void paint(Graphics2D g, double x, double y, int size) {
      glyph.paint(g, x, y, size, hollow);
    }
  }
}
