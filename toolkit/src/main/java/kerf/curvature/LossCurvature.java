package kerf.curvature;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import kerf.tensor.Scope;
import kerf.tensor.Value;
import kerf.training.Batch;
import kerf.training.Loss;

/**
 * How a loss bends with the outputs of a network: for each sample the second derivatives L of the
 * mean loss, as factors s with {@code L = Σ s sᵀ}.
 *
 * @param loss the loss, a function of outputs and labels
 * @param patterns what it is the mean over
 */
record LossCurvature(Loss loss, Patterns patterns) {
  private static final double STEP = 1e-4;

  /** Below this share of the greatest, a pivot is the rounding of 0. */
  private static final double ROUNDING = 1e-9;

  /**
   * Factors the second derivatives at the present outputs.
   *
   * @param scope an open scope
   * @param forward computes the outputs of one sample, of shape (1, classes)
   * @return a list of factors, each a number an output, for each sample
   */
  double[][][] factors(Scope scope, IntFunction<NDArray> forward) {
    double[][] outputs = new double[patterns.size()][];
    Scope.passing(
        () -> {
          for (int sample = 0; sample < outputs.length; sample++) {
            outputs[sample] = forward.apply(sample).toDoubleArray();
          }
        });
    int classes = outputs[0].length;
    double[][][] second = new double[outputs.length][classes][];
    for (int output = 0; output < classes; output++) {
      double[][] above = slopes(scope, outputs, output, STEP);
      double[][] below = slopes(scope, outputs, output, -STEP);
      for (int sample = 0; sample < outputs.length; sample++) {
        second[sample][output] = new double[classes];
        for (int other = 0; other < classes; other++) {
          second[sample][output][other] =
              (above[sample][other] - below[sample][other]) / (2 * STEP);
        }
      }
    }
    double[][][] factors = new double[outputs.length][][];
    for (int sample = 0; sample < outputs.length; sample++) {
      factors[sample] = cholesky(second[sample]);
    }
    return factors;
  }

  /** The derivatives of the mean loss by all outputs, with one output of each sample moved. */
  private double[][] slopes(Scope scope, double[][] outputs, int moved, double by) {
    int classes = outputs[0].length;
    double[] flat = new double[outputs.length * classes];
    for (int sample = 0; sample < outputs.length; sample++) {
      System.arraycopy(outputs[sample], 0, flat, sample * classes, classes);
      flat[sample * classes + moved] += by;
    }
    double[] slopes = new double[flat.length];
    Scope.passing(
        () -> {
          NDArray leaf = scope.tensor(flat, outputs.length, classes);
          leaf.setRequiresGradient(true);
          NDArray recorded = Scope.recording(() -> leaf.mul(1));
          NDArray found = scope.tensor(new double[flat.length], flat.length);
          NDArray inputs = scope.tensor(patterns.inputs(), patterns.shape());
          try (Value out = Value.of(recorded);
              Value by1 = Value.of(List.of(leaf));
              Value labels = Value.of(scope.tensor(patterns.labels(), patterns.size()));
              Value sum = Value.of(scope.tensor(new double[1]));
              Value slope =
                  loss.arithmetic(scope).gradients(new Batch(inputs, out, labels), by1, sum);
              Value to = Value.of(found)) {
            CurvatureScript.SCRIPT.call("flatten", slope, to).close();
          }
          System.arraycopy(found.toDoubleArray(), 0, slopes, 0, slopes.length);
        });
    double[][] rows = new double[outputs.length][classes];
    for (int sample = 0; sample < rows.length; sample++) {
      System.arraycopy(slopes, sample * classes, rows[sample], 0, classes);
    }
    return rows;
  }

  /**
   * The columns of the Cholesky factor of a matrix that is positive or semidefinite; columns of 0
   * are left out, as the one too many of a softmax's ten.
   */
  static double[][] cholesky(double[][] matrix) {
    int size = matrix.length;
    double greatest = 0;
    for (int i = 0; i < size; i++) {
      greatest = Math.max(greatest, matrix[i][i]);
    }
    double[][] rest = new double[size][];
    for (int i = 0; i < size; i++) {
      rest[i] = matrix[i].clone();
    }
    List<double[]> columns = new ArrayList<>();
    for (int pivot = 0; pivot < size; pivot++) {
      if (rest[pivot][pivot] > ROUNDING * greatest) {
        double root = Math.sqrt(rest[pivot][pivot]);
        double[] column = new double[size];
        for (int i = pivot; i < size; i++) {
          column[i] = rest[i][pivot] / root;
        }
        for (int i = pivot; i < size; i++) {
          for (int j = pivot; j < size; j++) {
            rest[i][j] -= column[i] * column[j];
          }
        }
        columns.add(column);
      }
    }
    return columns.toArray(double[][]::new);
  }
}
