package kerf.picture;

import java.util.ArrayList;
import java.util.List;
import kerf.argument.Argument;
import kerf.display.Bundle;
import kerf.display.Shown;
import kerf.mask.LayerMask;
import kerf.model.Network;
import kerf.plot.Figure;
import kerf.plot.Plot;
import kerf.table.Percent;
import kerf.table.Rows;
import tech.tablesaw.api.Table;

/**
 * Whether weights that two networks both keep have the same sign in both: a network before and
 * after training, or two seeds. Zhou et al. 2019 found that of a winning ticket's start its signs
 * matter most. A zero has no sign and agrees with nothing.
 *
 * @param first a network
 * @param second another of the same architecture
 */
public record SignAgreement(Network first, Network second) implements Shown {
  /**
   * Checks that the two can be compared.
   *
   * @param first a network
   * @param second another of the same architecture
   * @throws IllegalArgumentException if the networks are of different architectures
   */
  public SignAgreement {
    Argument.require("first", first).mask().jaccard(Argument.require("second", second).mask());
  }

  /** A bar of the figure. */
  private record Bar(String layer, String what, @Percent(0) double share) {}

  /**
   * Compares the signs.
   *
   * @return a row for each layer
   * @throws IllegalArgumentException if the networks are of different architectures
   */
  public List<Signs> rows() {
    List<Signs> rows = new ArrayList<>();
    for (LayerMask layer : first.mask().and(second.mask()).layers()) {
      rows.add(row(layer, first.weights(layer.name()), second.weights(layer.name())));
    }
    return rows;
  }

  private static Signs row(LayerMask both, float[] a, float[] b) {
    double same = 0;
    double positiveA = 0;
    double positiveB = 0;
    for (int index : both.survivors()) {
      same += a[index] * b[index] > 0 ? 1 : 0;
      positiveA += a[index] > 0 ? 1 : 0;
      positiveB += b[index] > 0 ? 1 : 0;
    }
    double p = positiveA / both.kept();
    double q = positiveB / both.kept();
    return new Signs(both.name(), both.kept(), same / both.kept(), p * q + (1 - p) * (1 - q));
  }

  /**
   * Lists the comparison.
   *
   * @return a table of {@link #rows}
   */
  public Table table() {
    return Rows.table("signs of the weights both keep", Signs.class, rows());
  }

  /**
   * Draws the comparison, the chance level beside it.
   *
   * @return a figure of one panel
   */
  public Figure figure() {
    List<Bar> bars = new ArrayList<>();
    for (Signs row : rows()) {
      bars.add(new Bar(row.layer(), "same sign", row.sameSign()));
      bars.add(new Bar(row.layer(), "by chance", row.byChance()));
    }
    return Plot.bars(Rows.table("signs", Bar.class, bars))
        .x("layer")
        .y("share")
        .by("what")
        .percentY()
        .yTitle("weights kept by both (%)")
        .title("Do survivors have the same sign?")
        .size(560, 340)
        .figure();
  }

  @Override
  public Bundle bundle() {
    return figure().bundle();
  }

  @Override
  public String toString() {
    return figure().toString();
  }
}
