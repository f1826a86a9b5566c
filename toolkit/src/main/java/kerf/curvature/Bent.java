package kerf.curvature;

import ai.djl.ndarray.NDArray;
import java.util.List;
import kerf.model.Network;
import kerf.model.Session;
import kerf.tensor.Scope;
import kerf.tensor.Value;
import kerf.training.Batch;
import kerf.training.Loss;

/** A network in double precision, one parameter of which is moved a little to and fro. */
final class Bent implements AutoCloseable {
  /**
   * Gradients have about 16 digits and bend smoothly, so that a step this long leaves an error of
   * about 1e-10 on either side.
   */
  private static final double STEP = 1e-5;

  private final Scope scope = Scope.open();
  private final Coordinates coordinates;
  private final Session session;
  private final List<NDArray> arrays;
  private final Value parameters;
  private final NDArray inputs;
  private final Value labels;
  private final Loss.Arithmetic loss;
  private final NDArray gradient;
  private final NDArray mean;

  Bent(Network network, Patterns patterns, Loss loss) {
    this.coordinates = Coordinates.of(network);
    this.session = Session.precise(scope, network);
    this.arrays =
        coordinates.parameters().stream().map(spec -> session.array(spec.name())).toList();
    arrays.forEach(array -> array.setRequiresGradient(true));
    this.parameters = Value.of(arrays);
    this.inputs = scope.tensor(patterns.inputs(), patterns.shape());
    this.labels = Value.of(scope.tensor(patterns.labels(), patterns.size()));
    this.loss = loss.arithmetic(scope);
    this.loss.watch(session);
    this.gradient = scope.tensor(new double[coordinates.size()], coordinates.size());
    this.mean = scope.tensor(new double[1], 1);
  }

  /** The loss with nothing moved. */
  double loss() {
    double before = mean.toDoubleArray()[0];
    gradient();
    return mean.toDoubleArray()[0] - before;
  }

  /** How the gradient changes with one parameter: a row of the Hessian. */
  double[] row(int place) {
    nudge(place, STEP);
    double[] above = gradient();
    nudge(place, -2 * STEP);
    double[] below = gradient();
    nudge(place, STEP);
    for (int i = 0; i < above.length; i++) {
      above[i] = (above[i] - below[i]) / (2 * STEP);
    }
    return above;
  }

  /** The Hessian times a direction, by how the gradient changes along it. */
  double[] along(double... direction) {
    double square = 0;
    for (double part : direction) {
      square += part * part;
    }
    double step = STEP / Math.sqrt(square);
    move(step, direction);
    double[] above = gradient();
    move(-2 * step, direction);
    double[] below = gradient();
    move(step, direction);
    for (int i = 0; i < above.length; i++) {
      above[i] = (above[i] - below[i]) / (2 * step);
    }
    return above;
  }

  private void move(double by, double... direction) {
    Scope.passing(
        () -> {
          try (Value flat = Value.of(scope.tensor(direction, direction.length));
              Value length = Value.of(by)) {
            CurvatureScript.SCRIPT.call("move", parameters, flat, length).close();
          }
        });
  }

  private void nudge(int place, double by) {
    try (Value parameter = Value.of(arrays.get(coordinates.parameter(place)));
        Value within = Value.of(new long[] {coordinates.within(place)});
        Value step = Value.of(by)) {
      CurvatureScript.SCRIPT.call("nudge", parameter, within, step).close();
    }
  }

  private double[] gradient() {
    Scope.passing(
        () -> {
          NDArray outputs = Scope.recording(() -> session.forward(inputs, false));
          try (Value recorded = Value.of(outputs);
              Value sum = Value.of(mean);
              Value found = loss.gradients(new Batch(inputs, recorded, labels), parameters, sum);
              Value to = Value.of(gradient)) {
            CurvatureScript.SCRIPT.call("flatten", found, to).close();
          }
        });
    return gradient.toDoubleArray();
  }

  @Override
  public void close() {
    parameters.close();
    labels.close();
    scope.close();
  }
}
