package kerf.curvature;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.List;
import kerf.model.Network;
import kerf.model.Session;
import kerf.tensor.Scope;
import kerf.tensor.Value;
import kerf.training.Loss;

/**
 * The outputs of a network by its parameters, sample by sample: rows b whose b bᵀ add up to the
 * Gauss-Newton part of the Hessian.
 */
final class Outputs implements AutoCloseable {
  /** Rows folded into the inverse at once: many, so that the matrix is passed over seldom. */
  private static final int BLOCK = 256;

  private final Scope scope;
  private final Patterns patterns;
  private final Coordinates coordinates;
  private final Session session;
  private final List<NDArray> arrays;
  private final Value parameters;
  private final double[][][] seeds;

  Outputs(Scope scope, Network network, Patterns patterns, Loss loss) {
    this.scope = scope;
    this.patterns = patterns;
    this.coordinates = Coordinates.of(network);
    this.session = Session.precise(scope, network);
    this.arrays =
        coordinates.parameters().stream().map(spec -> session.array(spec.name())).toList();
    this.seeds = new LossCurvature(loss, patterns).factors(scope, this::forward);
    arrays.forEach(array -> array.setRequiresGradient(true));
    this.parameters = Value.of(arrays);
  }

  private NDArray forward(int sample) {
    return session.forward(scope.tensor(patterns.input(sample), patterns.single()), false);
  }

  /** The squares of all rows added up: the diagonal. */
  double[] squares() {
    List<NDArray> sums =
        arrays.stream()
            .map(array -> scope.tensor(new double[(int) array.size()], array.getShape().getShape()))
            .toList();
    try (Value to = Value.of(sums)) {
      for (int sample = 0; sample < patterns.size(); sample++) {
        int number = sample;
        Scope.passing(() -> back("squares", number, to));
      }
    }
    double[] all = new double[coordinates.size()];
    int at = 0;
    for (NDArray sum : sums) {
      double[] part = sum.toDoubleArray();
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }

  /** The inverse over some places, begun at 1 / damping on the diagonal. */
  double[][] inverse(int[] places, double damping) {
    int size = places.length;
    double[] start = new double[size * size];
    for (int i = 0; i < size; i++) {
      start[i * size + i] = 1 / damping;
    }
    NDArray inverse = scope.tensor(start, size, size);
    long[] chosen = Arrays.stream(places).asLongStream().toArray();
    try (Value matrix = Value.of(inverse);
        Value kept = Value.of(scope.tensor(chosen, size))) {
      int sample = 0;
      while (sample < patterns.size()) {
        int first = sample;
        int rows = 0;
        while (sample < patterns.size() && (rows == 0 || rows + seeds[sample].length <= BLOCK)) {
          rows += seeds[sample++].length;
        }
        int end = sample;
        int count = rows;
        Scope.passing(() -> fold(first, end, count, matrix, kept));
      }
    }
    double[][] matrix = new double[size][];
    double[] flat = inverse.toDoubleArray();
    Arrays.setAll(matrix, i -> Arrays.copyOfRange(flat, i * size, (i + 1) * size));
    return matrix;
  }

  private void fold(int first, int end, int count, Value inverse, Value kept) {
    NDArray rows = scope.tensor(new double[count * coordinates.size()], count, coordinates.size());
    int at = 0;
    for (int sample = first; sample < end; sample++) {
      int next = at + seeds[sample].length;
      try (Value to = Value.of(Scope.rows(rows, at, next))) {
        back("rows", sample, to);
      }
      at = next;
    }
    try (Value all = Value.of(rows)) {
      CurvatureScript.SCRIPT.call("fold", inverse, all, kept).close();
    }
  }

  /** Walks back through the network once for each of a sample's seeds. */
  private void back(String function, int sample, Value to) {
    double[][] own = seeds[sample];
    if (own.length == 0) {
      return;
    }
    double[] flat = Arrays.stream(own).flatMapToDouble(Arrays::stream).toArray();
    NDArray outputs = Scope.recording(() -> forward(sample));
    try (Value recorded = Value.of(outputs);
        Value down = Value.of(scope.tensor(flat, own.length, own[0].length))) {
      CurvatureScript.SCRIPT.call(function, recorded, parameters, down, to).close();
    }
  }

  @Override
  public void close() {
    parameters.close();
  }
}
