package kerf.pruning;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import kerf.mask.LayerMask;

/**
 * Layers whose scores compete with each other for one goal.
 *
 * @param goal how much of them all is to go
 * @param layers at least one
 */
record Pool(Goal goal, List<Candidates> layers) {
  /**
   * The masks of the layers, without the candidates with the smallest scores. A floor wins over the
   * goal: no more go than compete.
   */
  List<LayerMask> prune() {
    int kept = layers.stream().mapToInt(Candidates::kept).reduce(0, Math::addExact);
    int total = layers.stream().mapToInt(Candidates::total).reduce(0, Math::addExact);
    int competing = layers.stream().mapToInt(Candidates::competing).sum();
    int more = Math.min(competing, goal.more(kept, total, where()));
    List<BitSet> gone = Smallest.of(layers.stream().map(Candidates::scores).toList(), more);
    List<LayerMask> masks = new ArrayList<>();
    for (int i = 0; i < gone.size(); i++) {
      masks.add(layers.get(i).without(gone.get(i)));
    }
    return masks;
  }

  private String where() {
    return String.join(", ", layers.stream().map(Candidates::layer).toList());
  }
}
