package kerf.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import kerf.argument.Argument;
import kerf.display.Bundle;
import kerf.display.Shown;
import kerf.mask.LayerMask;
import kerf.mask.Mask;
import kerf.plot.Figure;
import kerf.plot.Plot;
import kerf.table.Rows;
import tech.tablesaw.api.Table;

/**
 * Whether masks agree, such as those of several seeds: Jaccard's index of each two, layer by layer,
 * and beside it what chance alone would give.
 *
 * <p>Chance: where two masks keep fractions p and q independently, they are expected to share
 * {@code pq / (p + q - pq)} of what either keeps.
 *
 * @param masks two or more, of one architecture
 * @param names a name for each
 */
public record MaskOverlap(List<Mask> masks, List<String> names) implements Shown {

  /**
   * Checks that there is something to compare.
   *
   * @param masks two or more, of one architecture
   * @param names a name for each
   */
  public MaskOverlap {
    masks = List.copyOf(masks);
    names = List.copyOf(names);
    if (masks.size() < 2 || masks.size() != names.size()) {
      throw new IllegalArgumentException(
          "an overlap needs two masks or more and a name for each, found %d masks and %d names"
              .formatted(masks.size(), names.size()));
    }
    masks.forEach(masks.get(0)::jaccard);
  }

  /**
   * Compares masks, named 1, 2, 3, …
   *
   * @param masks two or more, of one architecture
   * @return the comparison
   */
  public static MaskOverlap of(List<Mask> masks) {
    Argument.require("masks", masks);
    return new MaskOverlap(
        masks, IntStream.rangeClosed(1, masks.size()).mapToObj(Integer::toString).toList());
  }

  /**
   * Changes the names.
   *
   * @param others a name for each mask
   * @return such a comparison
   */
  public MaskOverlap names(String... others) {
    Argument.require("names", others);
    return new MaskOverlap(masks, List.of(others));
  }

  /**
   * Compares each two masks.
   *
   * @return a row for each layer and two masks, then for all layers together
   * @throws IllegalArgumentException if the masks are of different architectures
   */
  public List<Overlap> rows() {
    List<Overlap> rows = new ArrayList<>();
    for (LayerMask layer : masks.get(0).layers()) {
      for (int i = 0; i < masks.size(); i++) {
        for (int j = i + 1; j < masks.size(); j++) {
          LayerMask a = masks.get(i).layer(layer.name());
          LayerMask b = masks.get(j).layer(layer.name());
          rows.add(Overlap.of(layer.name(), pair(i, j), a.density(), b.density(), a.jaccard(b)));
        }
      }
    }
    for (int i = 0; i < masks.size(); i++) {
      for (int j = i + 1; j < masks.size(); j++) {
        Mask a = masks.get(i);
        Mask b = masks.get(j);
        rows.add(Overlap.of("all", pair(i, j), a.density(), b.density(), a.jaccard(b)));
      }
    }
    return rows;
  }

  private String pair(int i, int j) {
    return names.get(i) + " and " + names.get(j);
  }

  /**
   * Lists the comparisons.
   *
   * @return a table of {@link #rows}
   */
  public Table table() {
    return Rows.table("mask overlap", Overlap.class, rows());
  }

  /**
   * Draws the comparisons as a heat map, the chance level in its last column.
   *
   * @return a figure of one panel
   */
  public Figure figure() {
    List<Overlap> rows = rows();
    List<String> layers = rows.stream().map(Overlap::layer).distinct().toList();
    List<String> columns = new ArrayList<>(rows.stream().map(Overlap::masks).distinct().toList());
    float[][] values = new float[layers.size()][columns.size() + 1];
    for (int i = 0; i < layers.size(); i++) {
      List<Overlap> own = rows.subList(i * columns.size(), (i + 1) * columns.size());
      for (int j = 0; j < own.size(); j++) {
        values[i][j] = (float) own.get(j).jaccard();
      }
      values[i][own.size()] =
          (float) own.stream().mapToDouble(Overlap::byChance).average().orElse(0);
    }
    columns.add("by chance");
    return Plot.heatMap(values)
        .title("Do the masks agree?")
        .xTitle("masks")
        .yTitle("layer")
        .rows(layers)
        .columns(columns)
        .range(0, rows.stream().mapToDouble(Overlap::jaccard).max().orElse(1) + 1e-6)
        .printed(3)
        .size(170 + 90 * columns.size(), 100 + 44 * layers.size())
        .figure()
        .caption(
            "Weights both keep over weights either keeps (Jaccard): 1 for equal masks. By chance: as many weights kept, chosen independently.");
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
