package kerf.repair;

import java.util.List;
import java.util.Map;
import kerf.display.Bundle;
import kerf.model.Network;
import kerf.table.Rows;
import kerf.table.TableHtml;
import kerf.table.TableText;
import tech.tablesaw.api.Table;

/** A network with batch normalization folded and the ranges of neighbouring layers made equal. */
public final class Equalized extends Network {
  private final List<EqualizedSeam> seams;
  private final Map<String, String> without;
  private final double difference;
  private final Map<String, Moments> moments;

  Equalized(
      Network network,
      List<EqualizedSeam> seams,
      Map<String, String> without,
      double difference,
      Map<String, Moments> moments) {
    super(network);
    this.seams = List.copyOf(seams);
    this.without = without;
    this.difference = difference;
    this.moments = moments;
  }

  /**
   * Lists the neighbours that were equalized.
   *
   * @return in the order of the graph
   */
  public List<EqualizedSeam> seams() {
    return seams;
  }

  /**
   * Tells why the other layers' outputs were left as they are.
   *
   * @return the reason by the name of the layer's node
   */
  public Map<String, String> without() {
    return without;
  }

  /**
   * Tells how far equalization moved the outputs, before anything was absorbed.
   *
   * @return the largest difference on a batch of noise, over the largest output
   */
  public double difference() {
    return difference;
  }

  /** What batch normalization, folded and equalized, makes of each layer's output. */
  Map<String, Moments> moments() {
    return moments;
  }

  @Override
  public Table table() {
    return Rows.table("equalized neighbours", EqualizedSeam.class, seams);
  }

  private String summary() {
    StringBuilder text = new StringBuilder();
    text.append(
        "%s: %d pair%s of layers equalized; outputs differ by at most %.1e of the largest (measured)"
            .formatted(
                architecture().describe(), seams.size(), seams.size() == 1 ? "" : "s", difference));
    without.forEach((layer, why) -> text.append("\n").append(layer).append(" stays: ").append(why));
    return text.toString();
  }

  @Override
  public Bundle bundle() {
    return Bundle.of(toString())
        .html("<p>" + summary().replace("\n", "<br>") + "</p>" + TableHtml.html(table()));
  }

  @Override
  public String toString() {
    return summary() + "\n" + TableText.text(table());
  }
}
