package kerf.measure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import kerf.pruning.Pruning;

/** Chooses the sparsities of layers by their curves; see {@link Allocation}. */
final class Allocator {
  private final Curves curves;
  private final ToLongFunction<LayerCurve> cost;

  /**
   * For curves and a cost.
   *
   * @param curves the curves
   * @param cost what a whole layer costs
   */
  Allocator(Curves curves, ToLongFunction<LayerCurve> cost) {
    this.curves = curves;
    this.cost = cost;
  }

  static void requireShare(String word, double share) {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException(
          "%s must be a fraction in (0, 1), found %s; for 80 %% write 0.8".formatted(word, share));
    }
  }

  /**
   * A piece of a layer's hull: from one level to another at a constant price.
   *
   * @param layer whose
   * @param from the lower level
   * @param to the higher level
   * @param loss accuracy lost between them
   * @param saved cost saved between them
   */
  private record Piece(LayerCurve layer, double from, double to, double loss, double saved) {
    double price() {
      return loss / saved;
    }
  }

  /**
   * Takes the cheapest pieces until enough is saved; the last one only as far as needed. A layer's
   * pieces grow dearer with the level, so they are taken in its order.
   */
  Allocation save(String what, double share) {
    double all = curves.layers().stream().mapToLong(cost).sum();
    List<Piece> pieces = new ArrayList<>();
    curves.layers().forEach(layer -> pieces.addAll(hull(layer)));
    double most = pieces.stream().mapToDouble(Piece::saved).sum();
    // A rounding error must not refuse a target that is the last level exactly.
    if (share * all > most * (1 + 1e-9)) {
      throw new IllegalArgumentException(
          "the levels reach %.1f %% of the %s of %d layers, found a target of %.1f %%; add higher levels to the scan"
              .formatted(100 * most / all, what, curves.layers().size(), 100 * share));
    }
    pieces.sort(Comparator.comparingDouble(Piece::price));
    Map<String, Double> levels = new LinkedHashMap<>();
    Map<String, Double> losses = new LinkedHashMap<>();
    double left = share * all;
    for (Piece piece : pieces) {
      double part = Math.min(1, Math.max(0, left / piece.saved));
      left -= piece.saved;
      String layer = piece.layer.layer();
      if (part > 0) {
        levels.put(layer, piece.from + part * (piece.to - piece.from));
        losses.merge(layer, part * piece.loss, Double::sum);
      }
    }
    return allocation(levels, losses, share * all);
  }

  private Allocation allocation(
      Map<String, Double> levels, Map<String, Double> losses, double saved) {
    Pruning plan = curves.pruning();
    List<Allocation.Share> shares = new ArrayList<>();
    for (LayerCurve layer : curves.layers()) {
      double level = levels.getOrDefault(layer.layer(), 0.0);
      plan = plan.sparsity(layer.layer(), level);
      shares.add(
          new Allocation.Share(
              layer.layer(),
              level,
              level * cost.applyAsLong(layer) / saved,
              losses.getOrDefault(layer.layer(), 0.0)));
    }
    double loss = shares.stream().mapToDouble(Allocation.Share::loss).sum();
    return new Allocation(plan, shares, loss);
  }

  /** The lower convex hull of loss by level, from level 0, where nothing is lost. */
  private List<Piece> hull(LayerCurve layer) {
    List<double[]> corners = new ArrayList<>();
    for (int i = 0; i < layer.levels().size(); i++) {
      // A gain is luck that will not add up with that of other layers.
      double loss = Math.max(0, layer.accuracies().get(0) - layer.accuracies().get(i));
      double[] corner = {layer.levels().get(i), loss};
      while (corners.size() > 1 && !below(corners, corner)) {
        corners.remove(corners.size() - 1);
      }
      corners.add(corner);
    }
    List<Piece> pieces = new ArrayList<>();
    for (int i = 1; i < corners.size(); i++) {
      double[] from = corners.get(i - 1);
      double[] to = corners.get(i);
      double saved = (to[0] - from[0]) * cost.applyAsLong(layer);
      pieces.add(new Piece(layer, from[0], to[0], Math.max(0, to[1] - from[1]), saved));
    }
    return pieces;
  }

  /** Whether the last corner lies below the line from the one before it to a new one. */
  private static boolean below(List<double[]> corners, double... next) {
    double[] before = corners.get(corners.size() - 2);
    double[] last = corners.get(corners.size() - 1);
    return (last[1] - before[1]) * (next[0] - before[0])
        < (next[1] - before[1]) * (last[0] - before[0]);
  }
}
