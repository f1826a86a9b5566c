package kerf.plot;

import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;

/** Numbers as colours along a range, and the scale that says which is which. */
record Shades(Scale values, Color... range) {
  /** The room that the scale takes on the right of what it explains. */
  static final int WIDTH = 74;

  private static final int BAR = 14;
  private static final int STEPS = 64;
  private static final int DARK = 140;

  /** From blue over white, at zero, to red. */
  static final Color[] SIGNED = {
    new Color(0x05, 0x4A, 0x91),
    new Color(0x7F, 0xB5, 0xDB),
    Color.WHITE,
    new Color(0xF4, 0xA5, 0x82),
    new Color(0xA8, 0x1A, 0x1A)
  };

  /** From white to dark blue. */
  static final Color[] UNSIGNED = {
    Color.WHITE,
    new Color(0x9E, 0xCA, 0xE1),
    new Color(0x31, 0x82, 0xBD),
    new Color(0x08, 0x30, 0x6B)
  };

  /**
   * The shades of values from a least to a greatest: of both signs as far to either side of white,
   * which is zero; else from the least to the greatest.
   */
  static Shades of(double least, double greatest) {
    boolean signed = least < 0 && greatest > 0;
    double reach = Math.max(Math.abs(least), Math.abs(greatest));
    double low = signed ? -reach : least;
    double high = signed ? reach : greatest;
    return new Shades(Scale.fit(Axis.standard(), low, high, 0), signed ? SIGNED : UNSIGNED);
  }

  /** The shades of values from exactly one to another. */
  static Shades between(double low, double high) {
    return new Shades(
        Scale.fit(Axis.standard().range(low, high), low, high, 0),
        low < 0 && high > 0 ? SIGNED : UNSIGNED);
  }

  /** The same values in other colours. */
  Shades in(Color... other) {
    return new Shades(values, other);
  }

  Color of(double value) {
    return at(values.place(value));
  }

  /** What can be read on the colour of a value. */
  Color ink(double value) {
    Color ground = of(value);
    double light = 0.3 * ground.getRed() + 0.59 * ground.getGreen() + 0.11 * ground.getBlue();
    return light < DARK ? Color.WHITE : Theme.INK;
  }

  /** The colour at a share of the way along the range. */
  private Color at(double share) {
    double place = Math.max(0, Math.min(1, share)) * (range.length - 1);
    int below = Math.min(range.length - 2, (int) place);
    Color a = range[below];
    Color b = range[below + 1];
    return new Color(
        mix(a.getRed(), b.getRed(), place - below),
        mix(a.getGreen(), b.getGreen(), place - below),
        mix(a.getBlue(), b.getBlue(), place - below));
  }

  private static int mix(int a, int b, double share) {
    return (int) Math.rint(a + (b - a) * share);
  }

  /** Paints the scale beside a box. */
  void paint(Graphics2D g, Rectangle2D box) {
    double left = box.getMaxX() + 16;
    double step = box.getHeight() / STEPS;
    for (int i = 0; i < STEPS; i++) {
      g.setColor(at((i + 0.5) / STEPS));
      double top = box.getMaxY() - (i + 1) * step;
      g.fill(new Rectangle2D.Double(left, top, BAR, i == 0 ? step : step + 0.5));
    }
    g.setColor(Theme.FRAME);
    g.setStroke(Theme.stroke(1f));
    g.draw(new Rectangle2D.Double(left, box.getY(), BAR, box.getHeight()));
    g.setFont(Theme.TICK);
    FontMetrics metrics = g.getFontMetrics();
    for (Scale.Tick tick : values.ticks(7)) {
      double y = box.getMaxY() - values.place(tick.value()) * box.getHeight();
      Frame.rule(g, Theme.FRAME, left + BAR, y, left + BAR + 3, y);
      g.setColor(Theme.INK);
      double base = y + metrics.getAscent() / 2.0 - 1.5;
      g.drawString(tick.text(), (float) (left + BAR + 6), (float) base);
    }
  }
}
