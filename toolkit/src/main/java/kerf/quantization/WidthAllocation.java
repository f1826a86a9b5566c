package kerf.quantization;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerf.argument.Argument;
import kerf.display.Bundle;
import kerf.display.Shown;
import kerf.model.Network;
import kerf.table.Decimals;
import kerf.table.Grouped;
import kerf.table.Rows;
import kerf.table.TableHtml;
import kerf.table.TableText;
import kerf.table.Title;
import tech.tablesaw.api.Table;

/**
 * The width of each layer that a target of bytes asks for: of all choices of the scan's widths that
 * fit the target, the one whose losses add up to least. The losses of layers compound, so the sum
 * is a prediction to be held against a measurement.
 *
 * <p>Sparsities can be chosen anywhere between two measured levels, widths cannot, and a step of
 * the largest layer may be half the network. So all choices are weighed: layer by layer, those are
 * dropped that another one beats in bytes and loss.
 *
 * @param plan the plan with a width for each layer
 * @param layers what was chosen, in the order of the graph
 * @param floatBytes what the weights of these layers take in floats
 * @param measure what is lost: {@code accuracy} or {@code loss}
 */
public record WidthAllocation(
    Quantization plan, List<Width> layers, long floatBytes, String measure) implements Shown {

  /**
   * A width of a layer.
   *
   * @param layer its name
   * @param bits of its weights
   * @param weights how many it has
   * @param bytes what they take at that width, with scales
   * @param lost accuracy lost, as a fraction, or loss added, by this layer alone; 0 or more
   */
  public record Width(
      String layer,
      int bits,
      @Grouped long weights,
      @Grouped long bytes,
      @Decimals(6) @Title("lost (modelled)") double lost) {}

  /** A choice for the layers so far: the last one's width, and the choice for those before. */
  private record Choice(Choice before, Width width, long bytes, double lost) {
    List<Width> widths() {
      List<Width> widths = new ArrayList<>();
      for (Choice choice = this; choice.width != null; choice = choice.before) {
        widths.add(0, choice.width);
      }
      return widths;
    }
  }

  /**
   * Copies the rows.
   *
   * @param plan the plan with a width for each layer
   * @param layers what was chosen
   * @param floatBytes what the weights of these layers take in floats
   * @param measure what is lost
   */
  public WidthAllocation {
    Argument.require("plan", plan);
    Argument.require("measure", measure);
    layers = List.copyOf(layers);
  }

  static WidthAllocation of(Quantization plan, double share, String measure, List<Width> widths) {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException(
          "the share of the bytes must be a fraction in (0, 1), found %s; for 15 %% write 0.15"
              .formatted(share));
    }
    Map<String, List<Width>> byLayer = new LinkedHashMap<>();
    widths.forEach(
        width -> byLayer.computeIfAbsent(width.layer(), name -> new ArrayList<>()).add(width));
    long all = byLayer.values().stream().mapToLong(layer -> 4 * layer.get(0).weights()).sum();
    List<Choice> front = List.of(new Choice(null, null, 0, 0));
    for (List<Width> layer : byLayer.values()) {
      front = unbeaten(front, layer);
    }
    Choice chosen = null;
    for (Choice choice : front) {
      chosen = choice.bytes <= share * all ? choice : chosen;
    }
    if (chosen == null) {
      throw new IllegalArgumentException(
          "the widths reach %.1f %% of the float bytes of %d layers, found a target of %.1f %%; add fewer bits to the scan"
              .formatted(100.0 * front.get(0).bytes / all, byLayer.size(), 100 * share));
    }
    Quantization chosenPlan = plan;
    for (Width width : chosen.widths()) {
      chosenPlan = chosenPlan.bits(width.layer(), width.bits());
    }
    return new WidthAllocation(chosenPlan, chosen.widths(), all, measure);
  }

  /** More bytes, less lost: in that order. */
  private static List<Choice> unbeaten(List<Choice> before, List<Width> layer) {
    List<Choice> all = new ArrayList<>();
    for (Choice choice : before) {
      for (Width width : layer) {
        all.add(
            new Choice(choice, width, choice.bytes + width.bytes(), choice.lost + width.lost()));
      }
    }
    all.sort(Comparator.comparingLong(Choice::bytes).thenComparingDouble(Choice::lost));
    List<Choice> unbeaten = new ArrayList<>();
    for (Choice choice : all) {
      if (unbeaten.isEmpty() || choice.lost < unbeaten.get(unbeaten.size() - 1).lost) {
        unbeaten.add(choice);
      }
    }
    return unbeaten;
  }

  /**
   * Quantizes a network by the plan.
   *
   * @param network such as the one that was scanned; it stays as it is
   * @return the quantized network
   */
  public Quantized quantize(Network network) {
    Argument.require("network", network);
    return plan.quantize(network);
  }

  /**
   * Counts what the weights of these layers take.
   *
   * @return bytes, with scales
   */
  public long bytes() {
    return layers.stream().mapToLong(Width::bytes).sum();
  }

  /**
   * Adds up what the layers lose.
   *
   * @return accuracy lost, as a fraction, or loss added; modelled
   */
  public double lost() {
    return layers.stream().mapToDouble(Width::lost).sum();
  }

  /**
   * Lists what was chosen.
   *
   * @return a table, a row a layer
   */
  public Table table() {
    return Rows.table("Widths", Width.class, layers);
  }

  @Override
  public Bundle bundle() {
    return Bundle.of(this + "\n" + TableText.text(table())).html(TableHtml.html(table()));
  }

  @Override
  public String toString() {
    return "widths of %d layers: %,d bytes, %.1f %% of the floats', %s (modelled)"
        .formatted(
            layers.size(),
            bytes(),
            100.0 * bytes() / floatBytes,
            measure.equals("accuracy")
                ? "%.2f %% accuracy lost".formatted(100 * lost())
                : "%.5f added to the loss".formatted(lost()));
  }
}
