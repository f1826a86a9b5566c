package kerf.curvature;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import kerf.argument.Argument;
import kerf.data.Samples;
import kerf.model.Fit;
import kerf.model.Network;
import kerf.random.RandomStream;
import kerf.tensor.Scope;
import kerf.training.Loss;

/**
 * The second derivatives of a loss by the parameters of a network, to be computed in the form one
 * needs. All are of the mean loss over the samples, in inference mode, in the order of {@link
 * Coordinates}; those of pruned weights are 0.
 */
public final class Hessian {
  /**
   * The most parameters of which a full matrix is made: it then takes 0.13 GB, three times over.
   */
  public static final int MOST = 4_000;

  private final Network network;
  private final Patterns patterns;
  private final Loss loss;
  private final int[] kept;

  private Hessian(Network network, Patterns patterns, Loss loss) {
    this.network = network;
    this.patterns = patterns;
    this.loss = loss;
    this.kept = Coordinates.of(network).kept(network);
  }

  /**
   * The Hessian of a network at its present weights.
   *
   * @param network the network, best at a minimum of the loss
   * @param samples what the loss is the mean over
   * @param loss the loss it was trained with
   * @return its Hessian, of which nothing is computed yet
   * @throws IllegalArgumentException if there are no samples, or they do not go with the network
   *     and the loss
   * @throws kerf.model.DivergedException if a value of the network is not finite
   */
  public static Hessian of(Network network, Samples samples, Loss loss) {
    Fit.require(network, samples);
    loss.requireFits(network.architecture(), samples);
    return of(network, Patterns.of(samples), loss);
  }

  static Hessian of(Network network, Patterns patterns, Loss loss) {
    return new Hessian(network, patterns, loss);
  }

  /**
   * The loss itself.
   *
   * @return the mean over the samples
   */
  public double loss() {
    try (Bent bent = new Bent(network, patterns, loss)) {
      return bent.loss();
    }
  }

  /**
   * The exact diagonal, by central differences of gradients: two gradients of all samples for each
   * parameter, so for small networks. Elements may be negative.
   *
   * @return a number a parameter
   */
  public double[] exactDiagonal() {
    double[] diagonal = new double[Coordinates.of(network).size()];
    try (Bent bent = new Bent(network, patterns, loss)) {
      for (int place : kept) {
        diagonal[place] = bent.row(place)[place];
      }
    }
    return diagonal;
  }

  /**
   * The whole exact Hessian, by central differences of gradients.
   *
   * @return a symmetric matrix, a row and a column a parameter
   * @throws IllegalArgumentException if the network has more than {@link #MOST} parameters left
   */
  public double[][] exact() {
    requireFew("the exact Hessian");
    double[][] matrix = new double[Coordinates.of(network).size()][];
    Arrays.setAll(matrix, place -> new double[matrix.length]);
    try (Bent bent = new Bent(network, patterns, loss)) {
      for (int place : kept) {
        double[] row = bent.row(place);
        for (int other : kept) {
          // Both halves are measured; their mean is symmetric.
          matrix[place][other] += row[other] / 2;
          matrix[other][place] += row[other] / 2;
        }
      }
    }
    return matrix;
  }

  /**
   * How much the loss bends along directions in which the weights of one layer are moved, by two
   * gradients of all samples each: {@code vᵀ H v}.
   *
   * @param layer the layer's name, such as {@code fc1}
   * @param directions a number a weight, each; pruned weights do not move
   * @return a number a direction
   * @throws IllegalArgumentException if there is no such layer, or a direction has another length
   */
  public double[] along(String layer, List<double[]> directions) {
    Argument.require("layer", layer);
    Argument.require("directions", directions);
    int size = network.weights(layer).length;
    Coordinates coordinates = Coordinates.of(network);
    int first = coordinates.first(layer);
    double[] bends = new double[directions.size()];
    try (Bent bent = new Bent(network, patterns, loss)) {
      for (int i = 0; i < bends.length; i++) {
        double[] direction = directions.get(i);
        if (direction.length != size) {
          throw new IllegalArgumentException(
              "a direction of %s needs a number a weight, %,d, found %,d"
                  .formatted(layer, size, direction.length));
        }
        double[] moved = new double[coordinates.size()];
        for (int place : kept) {
          if (place >= first && place < first + size) {
            moved[place] = direction[place - first];
          }
        }
        double[] slope = bent.along(moved);
        for (int place = first; place < first + size; place++) {
          bends[i] += moved[place] * slope[place];
        }
      }
    }
    return bends;
  }

  /**
   * The trace of the part of the Hessian that belongs to one layer's weights, divided by their
   * number: Hutchinson's estimate by random vectors of -1 and 1. Z. Dong et al., "HAWQ-V2", NeurIPS
   * 2020, equation 5.
   *
   * @param layer the layer's name, such as {@code fc1}
   * @param vectors how many, 1 or more; the standard error shrinks with their square root
   * @param seed decides the vectors
   * @return the mean second derivative of the layer's weights
   * @throws IllegalArgumentException if there is no such layer, or no vector
   */
  public double averageTrace(String layer, int vectors, long seed) {
    Argument.require("layer", layer);
    if (vectors < 1) {
      throw new IllegalArgumentException(
          "a trace is estimated by 1 or more vectors, found " + vectors);
    }
    int size = network.weights(layer).length;
    RandomStream stream = RandomStream.of(seed, "trace").split(layer);
    List<double[]> directions = new ArrayList<>();
    for (int i = 0; i < vectors; i++) {
      double[] signs = new double[size];
      Arrays.setAll(signs, place -> stream.nextLong() < 0 ? -1 : 1);
      directions.add(signs);
    }
    return Arrays.stream(along(layer, directions)).average().orElseThrow() / size;
  }

  /**
   * The diagonal of the Gauss-Newton part, in one walk back through the network for each output of
   * each sample; works for networks of any size and kind. Never negative.
   *
   * @return a number a parameter
   */
  public double[] gaussNewtonDiagonal() {
    try (Scope scope = Scope.open();
        Outputs outputs = new Outputs(scope, network, patterns, loss)) {
      double[] sums = outputs.squares();
      double[] diagonal = new double[sums.length];
      for (int place : kept) {
        diagonal[place] = sums[place];
      }
      return diagonal;
    }
  }

  /**
   * The inverse of the Gauss-Newton part plus a little on its diagonal, by the Sherman-Morrison
   * recursion over samples and outputs; Hassibi and Stork 1992, equations 17 to 20.
   *
   * @param damping what is added to the diagonal, which makes the inverse exist; they advise 1e-8
   *     to 1e-4
   * @return the inverse over the parameters that are not pruned
   * @throws IllegalArgumentException if damping is not above 0, or more than {@link #MOST}
   *     parameters are left
   */
  public InverseHessian inverse(double damping) {
    if (!(damping > 0) || Double.isInfinite(damping)) {
      throw new IllegalArgumentException(
          "damping must be above 0 and finite, found %s; 1e-8 to 1e-4 are usual"
              .formatted(damping));
    }
    requireInvertible();
    try (Scope scope = Scope.open();
        Outputs outputs = new Outputs(scope, network, patterns, loss)) {
      return new InverseHessian(kept, outputs.inverse(kept, damping));
    }
  }

  /**
   * Checks that there are few enough parameters for an inverse.
   *
   * @throws IllegalArgumentException if more than {@link #MOST} are left
   */
  public void requireInvertible() {
    requireFew("the inverse Hessian");
  }

  private void requireFew(String what) {
    if (kept.length > MOST) {
      throw new IllegalArgumentException(
          ("%s of %s has a number for each pair of its %,d parameters, %.1f GB; at most %,d"
                  + " parameters can be done; take obd(), which needs a number a parameter")
              .formatted(
                  what,
                  network.architecture().describe(),
                  kept.length,
                  8.0 * kept.length * kept.length / 1e9,
                  MOST));
    }
  }
}
