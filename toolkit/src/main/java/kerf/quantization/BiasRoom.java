package kerf.quantization;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kerf.model.Network;
import kerf.scheme.QuantParams;
import kerf.scheme.Quantizer;
import kerf.scheme.Spread;
import kerf.trace.Graph;
import kerf.trace.Node;

/**
 * A bias is an integer of 32 bits in units of {@code input scale * weight scale}. Where the weights
 * of a filter are next to nothing, so is their scale, and the bias would not fit: such a scale is
 * made larger.
 */
final class BiasRoom {
  private static final double GREATEST = 1L << 30;

  private BiasRoom() {}

  static void widen(
      Graph graph, Network network, Map<String, Quantizer> points, Map<String, WeightForm> forms) {
    for (Node node : graph.nodes()) {
      Optional<String> bias = Layers.bias(node.operator());
      if (bias.isPresent()
          && forms.get(node.operator().weights().get(0)) instanceof WeightForm.Grid grid) {
        Quantizer input = points.get(Points.source(graph, node.inputs().get(0)));
        if (input != null && serves(input, grid.quantizer())) {
          float[] values = network.values(bias.get());
          float scale = input.params().get(0).scale();
          forms.put(
              node.operator().weights().get(0),
              new WeightForm.Grid(widened(grid.quantizer(), values, scale)));
        }
      }
    }
  }

  /** Whether products of these grids are summed in 32 bits, the bias with them. */
  static boolean serves(Quantizer input, Quantizer weights) {
    return input.format().bits() <= 8
        && weights.format().bits() <= 8
        && !(weights.format().spread() instanceof Spread.PerGroup);
  }

  private static Quantizer widened(Quantizer weights, float[] biases, float inputScale) {
    List<QuantParams> params = new ArrayList<>(weights.params());
    for (int i = 0; i < biases.length; i++) {
      int at = params.size() == 1 ? 0 : i;
      double needed = Math.abs(biases[i]) / (inputScale * GREATEST);
      if (params.get(at).scale() < needed) {
        params.set(at, new QuantParams((float) needed, params.get(at).zeroPoint()));
      }
    }
    return new Quantizer(weights.format(), params);
  }
}
