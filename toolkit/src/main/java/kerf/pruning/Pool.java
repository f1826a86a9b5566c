package kerf.pruning;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
import kerf.mask.LayerMask;

/**
 * Layers whose scores compete with each other for one goal.
 *
 * @param goal how much of them all is to go
 * @param layers at least one
 * @param weights gives a copy of a layer's weights by its name
 */
record Pool(Goal goal, List<? extends Contender> layers, Function<String, float[]> weights) {
  /**
   * The masks of the layers, without the candidates with the smallest scores. A floor wins over the
   * goal: no more go than compete.
   */
  List<LayerMask> prune() {
    int kept = layers.stream().mapToInt(Contender::kept).reduce(0, Math::addExact);
    int total = layers.stream().mapToInt(Contender::total).reduce(0, Math::addExact);
    List<float[]> scores = layers.stream().map(Contender::scores).toList();
    int competing = layers.stream().mapToInt(Contender::competing).sum();
    int more =
        Math.min(
            competing, goal.more(new Contest(scores, kept, total, this::weightDeviation, where())));
    List<BitSet> gone = Smallest.of(scores, more);
    List<LayerMask> masks = new ArrayList<>();
    for (int i = 0; i < gone.size(); i++) {
      masks.addAll(layers.get(i).without(gone.get(i)));
    }
    return masks;
  }

  private double weightDeviation() {
    Spread spread = Spread.NONE;
    for (Contender layer : layers) {
      spread = layer.weights(spread, weights);
    }
    return spread.deviation();
  }

  private String where() {
    return String.join(", ", layers.stream().flatMap(layer -> layer.layers().stream()).toList());
  }
}
