package kerf.slimming;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import kerf.display.Bundle;
import kerf.display.Shown;
import kerf.table.Rows;
import kerf.table.TableHtml;
import kerf.table.TableText;
import tech.tablesaw.api.Table;

/**
 * What a slimming removed, why, and what it had to leave.
 *
 * @param network the slim network's architecture
 * @param cuts a row for each layer with parameters
 * @param left sentences about filters and neurons that are pruned whole and stay all the same, and
 *     for which layer's sake
 * @param difference the largest difference of outputs between the masked and the slim network, over
 *     the largest output, on a batch of noise; 0 if nothing was removed
 */
public record SlimmingReport(String network, List<Cut> cuts, List<String> left, double difference)
    implements Shown {
  private static final int FLOAT = 4;

  /**
   * Copies the lists.
   *
   * @param network the slim network's architecture
   * @param cuts a row for each layer with parameters
   * @param left sentences about what stays
   * @param difference of outputs
   */
  public SlimmingReport {
    cuts = List.copyOf(cuts);
    left = List.copyOf(left);
  }

  /**
   * Counts the values of all parameters before.
   *
   * @return the dense count
   */
  public long parameters() {
    return cuts.stream().mapToLong(Cut::parameters).sum();
  }

  /**
   * Counts the values of all parameters after.
   *
   * @return the dense count of the slim network
   */
  public long slimParameters() {
    return cuts.stream().mapToLong(Cut::slimParameters).sum();
  }

  /**
   * Counts the multiplications of one sample before.
   *
   * @return the dense count
   */
  public long macs() {
    return cuts.stream().mapToLong(Cut::macs).sum();
  }

  /**
   * Counts the multiplications of one sample after.
   *
   * @return the dense count of the slim network
   */
  public long slimMacs() {
    return cuts.stream().mapToLong(Cut::slimMacs).sum();
  }

  /**
   * Lists the layers.
   *
   * @return a table, a row each
   */
  public Table table() {
    return Rows.table(network, Cut.class, cuts);
  }

  @Override
  public Bundle bundle() {
    return Bundle.of(summary() + "\n" + TableText.text(table()))
        .html("<p>" + summary().replace("\n", "<br>") + "</p>" + TableHtml.html(table()));
  }

  private String summary() {
    String totals =
        "%s: %s; %s; %s; %s"
            .formatted(
                network,
                change(parameters(), slimParameters(), "parameters"),
                change(macs(), slimMacs(), "MACs"),
                change(FLOAT * parameters(), FLOAT * slimParameters(), "bytes"),
                difference == 0 && parameters() == slimParameters()
                    ? "nothing to remove"
                    : String.format(
                        Locale.ROOT,
                        "outputs differ by at most %.1e of the largest (measured)",
                        difference));
    return left.isEmpty() ? totals : totals + "\n" + String.join("\n", left);
  }

  private static String change(long before, long after, String what) {
    return String.format(
        Locale.ROOT,
        "%,d → %,d %s (−%.1f %%)",
        before,
        after,
        what,
        before == 0 ? 0.0 : 100.0 * (before - after) / before);
  }

  /** The totals, what stays, and a line for each convolution and linear layer that was cut. */
  @Override
  public String toString() {
    return summary()
        + cuts.stream()
            .filter(cut -> cut.macs() > 0 && cut.parameters() != cut.slimParameters())
            .map(cut -> "\n" + cut)
            .collect(Collectors.joining());
  }
}
