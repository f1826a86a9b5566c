package kerf.notebook;

import java.util.List;
import kerf.argument.Argument;
import kerf.mask.Mask;
import kerf.model.Network;
import kerf.picture.MaskOverlap;
import kerf.picture.SignAgreement;
import kerf.picture.SurvivalMap;
import kerf.picture.Thumbnails;
import kerf.picture.WeightHistogram;
import kerf.plot.HeatMapPlot;
import kerf.plot.HistogramPlot;
import kerf.plot.LinePlot;
import kerf.plot.Plot;
import kerf.table.Rows;
import tech.tablesaw.api.Table;

/** Words for charts of tables, and for pictures of pruned networks. */
class PlotWords extends MeasureWords {
  PlotWords() {}

  /**
   * Results of one's own as a table, such as points collected in a loop.
   *
   * @param <R> a record type; its components are the columns
   * @param rows the rows, one at least
   * @return the table; shows itself
   * @throws IllegalArgumentException if there is no row
   */
  @SuppressWarnings("unchecked")
  public static <R extends Record> Table table(List<R> rows) {
    Argument.require("rows", rows);
    if (rows.isEmpty()) {
      throw new IllegalArgumentException(
          "table(...) needs one row at least, found none; the first row tells the columns");
    }
    Class<R> type = (Class<R>) rows.get(0).getClass();
    return Rows.table(type.getSimpleName(), type, rows);
  }

  /**
   * A line chart of a table.
   *
   * @param table the data
   * @return the plot; name its columns with {@code x} and {@code y}
   */
  public static LinePlot line(Table table) {
    Argument.require("table", table);
    return Plot.line(table);
  }

  /**
   * A heat map of a matrix.
   *
   * @param values rows of equal length, the first on top
   * @return the plot
   */
  public static HeatMapPlot heatMap(float[][] values) {
    Argument.require("values", values);
    return Plot.heatMap(values);
  }

  /**
   * A histogram of values.
   *
   * @param values such as {@code network.weights("fc1")}
   * @return the plot
   */
  public static HistogramPlot histogram(float[] values) {
    Argument.require("values", values);
    return Plot.histogram(values);
  }

  /**
   * Where a pruned network still looks at its input.
   *
   * @param network a network whose first layer is fully connected to pictures
   * @return the map; shows itself
   */
  public static SurvivalMap survivalMap(Network network) {
    Argument.require("network", network);
    return SurvivalMap.of(network);
  }

  /**
   * Whether masks agree, layer by layer, and what chance would give.
   *
   * @param masks two or more, such as those of several seeds
   * @return the comparison; shows itself
   */
  public static MaskOverlap maskOverlap(Mask... masks) {
    Argument.require("masks", masks);
    return MaskOverlap.of(List.of(masks));
  }

  /**
   * The weights of a layer at the three stages of pruning.
   *
   * @param layer the layer's name
   * @param before the dense network
   * @param pruned the same without its small weights
   * @param retrained that trained on
   * @return the histogram; shows itself
   */
  public static WeightHistogram weightHistogram(
      String layer, Network before, Network pruned, Network retrained) {
    Argument.require("layer", layer);
    Argument.require("before", before);
    Argument.require("pruned", pruned);
    Argument.require("retrained", retrained);
    return WeightHistogram.of(layer, before, pruned, retrained);
  }

  /**
   * The kernels of a layer as small pictures.
   *
   * @param network the network
   * @param layer a convolution, or a layer with a weight for each pixel
   * @return the pictures; they show themselves
   */
  public static Thumbnails thumbnails(Network network, String layer) {
    Argument.require("network", network);
    Argument.require("layer", layer);
    return new Thumbnails(network, layer);
  }

  /**
   * Whether the weights that two networks both keep have the same sign in both.
   *
   * @param first a network
   * @param second another of the same architecture
   * @return the comparison; shows itself
   */
  public static SignAgreement signAgreement(Network first, Network second) {
    Argument.require("first", first);
    Argument.require("second", second);
    return new SignAgreement(first, second);
  }
}
