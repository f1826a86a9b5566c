package kerf.pruning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import kerf.mask.LayerMask;

/**
 * Layers whose scores compete with each other for one goal.
 *
 * @param goal how much of them all is to go
 * @param layers at least one
 */
record Pool(Goal goal, List<Candidates> layers) {
  /** The masks of the layers, without the candidates with the smallest scores. */
  List<LayerMask> prune() {
    int kept =
        layers.stream().map(Candidates::scores).mapToInt(s -> s.length).reduce(0, Math::addExact);
    int total = layers.stream().mapToInt(Candidates::total).reduce(0, Math::addExact);
    float[] scores = new float[kept];
    int end = 0;
    for (Candidates layer : layers) {
      System.arraycopy(layer.scores(), 0, scores, end, layer.scores().length);
      end += layer.scores().length;
    }
    Contest contest = new Contest(scores, total, this::weightDeviation, where());
    return split(Smallest.of(scores, goal.more(contest)));
  }

  private List<LayerMask> split(int[] places) {
    List<LayerMask> masks = new ArrayList<>();
    int start = 0;
    int from = 0;
    for (Candidates layer : layers) {
      int end = start + layer.scores().length;
      int to = from;
      while (to < places.length && places[to] < end) {
        to++;
      }
      int first = start;
      masks.add(
          layer.without(Arrays.stream(places, from, to).map(place -> place - first).toArray()));
      start = end;
      from = to;
    }
    return masks;
  }

  private double weightDeviation() {
    Spread spread = Spread.NONE;
    for (Candidates layer : layers) {
      spread = spread.and(layer.weights());
    }
    return spread.deviation();
  }

  private String where() {
    return String.join(", ", layers.stream().map(Candidates::layer).toList());
  }
}
