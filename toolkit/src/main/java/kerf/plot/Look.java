package kerf.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import org.knowm.xchart.style.markers.Marker;

/** How one series is drawn: told apart by colour on a screen, by marker and dash in print. */
record Look(Color color, BasicStroke stroke, Marker marker) {

  static Look measured(int series) {
    return new Look(Theme.color(series), Theme.line(series), Theme.glyph(series).filled());
  }

  /** Hollow and dotted, so that nobody takes it for measured. */
  static Look published(int series) {
    return new Look(Theme.color(series), Theme.published(), Theme.glyph(series).hollow());
  }
}
