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
record Pool(Goal goal, List<Candidates> layers, Function<String, float[]> weights) {
  /**
   * The masks of the layers, without the candidates with the smallest scores. A floor wins over the
   * goal: no more go than compete.
   */
  List<LayerMask> prune() {
    int kept = layers.stream().mapToInt(Candidates::kept).reduce(0, Math::addExact);
    int total = layers.stream().mapToInt(Candidates::total).reduce(0, Math::addExact);
    List<float[]> scores = layers.stream().map(Candidates::scores).toList();
    int competing = layers.stream().mapToInt(Candidates::competing).sum();
    int more =
        Math.min(
            competing, goal.more(new Contest(scores, kept, total, this::weightDeviation, where())));
    List<BitSet> gone = Smallest.of(scores, more);
    List<LayerMask> masks = new ArrayList<>();
    for (int i = 0; i < gone.size(); i++) {
      masks.add(layers.get(i).without(gone.get(i)));
    }
    return masks;
  }

  private double weightDeviation() {
    Spread spread = Spread.NONE;
    for (Candidates layer : layers) {
      spread = spread.and(layer.kept(weights.apply(layer.layer())));
    }
    return spread.deviation();
  }

  private String where() {
    return String.join(", ", layers.stream().map(Candidates::layer).toList());
  }
}
