package kerf.criterion;

import java.util.Arrays;
import kerf.granularity.Groups;

/**
 * Layer-adaptive magnitude: {@code w² / (sum of v² over all v of the layer with |v| >= |w|)}, which
 * ranks within a layer as the magnitude does and makes layers comparable, so that a global scope
 * empties none: the largest weight of each scores 1 (J. Lee et al., "Layer-adaptive Sparsity for
 * the Magnitude-based Pruning", ICLR 2021, equation 3). Groups of weights take the place of weights
 * by their sums of squares. Of equal weights the one with the smaller index scores less.
 */
public record Lamp() implements Criterion {
  @Override
  public float[] scores(LayerWeights layer) {
    double[] squares = new double[layer.values().length];
    for (int i = 0; i < squares.length; i++) {
      squares[i] = (double) layer.values()[i] * layer.values()[i];
    }
    return shares(squares);
  }

  @Override
  public float[] groupScores(LayerWeights layer, Groups groups, float[] scores) {
    if (groups.single()) {
      return scores;
    }
    double[] squares = new double[groups.count()];
    for (int i = 0; i < scores.length; i++) {
      squares[groups.of(i)] += (double) layer.values()[i] * layer.values()[i];
    }
    return shares(squares);
  }

  /** Each number's share of the sum of those that are not smaller. */
  private static float[] shares(double[] squares) {
    // A float and an index in one long sort faster than objects do.
    long[] order = new long[squares.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = (long) Float.floatToIntBits((float) squares[i]) << Integer.SIZE | i;
    }
    Arrays.sort(order);
    float[] shares = new float[squares.length];
    double sum = 0;
    for (int place = order.length - 1; place >= 0; place--) {
      int i = (int) order[place];
      sum += squares[i];
      shares[i] = squares[i] == 0 ? 0 : (float) (squares[i] / sum);
    }
    return shares;
  }

  @Override
  public String toString() {
    return "lamp()";
  }
}
