package kerf.picture;

import java.util.ArrayList;
import java.util.List;
import kerf.display.Bundle;
import kerf.display.Shown;
import kerf.model.Network;
import kerf.plot.Figure;
import kerf.plot.Plot;

/**
 * How the weights of each layer of a network are distributed, a small histogram a layer.
 *
 * @param network any network
 */
public record LayerHistograms(Network network) implements Shown {
  private static final int BINS = 60;

  /** Panels in a row: so many that few places stay empty. */
  private static final int FEW = 4;

  /**
   * Draws the histograms.
   *
   * @return a figure of a panel for each layer with weights, in the network's order
   */
  public Figure figure() {
    List<Plot> panels = new ArrayList<>();
    for (String layer : network.layers()) {
      panels.add(
          Plot.histogram(network.weights(layer))
              .bins(BINS)
              .logY()
              .title(layer)
              .xTitle("weight")
              .size(360, 230));
    }
    return Figure.grid(panels.size() > FEW ? 3 : 2, panels.toArray(Plot[]::new))
        .caption(
            "Weights of each layer, from the least to the greatest; counts on a logarithmic axis.");
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
