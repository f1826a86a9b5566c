package kerf.repair;

import ai.djl.ndarray.NDArray;
import kerf.random.RandomStream;
import kerf.scheme.Quantizer;
import kerf.tensor.Scope;
import kerf.tensor.Value;

/** The adaptive rounding of one layer. */
final class Rounding {
  private final AdaRound plan;
  private final Stop stop;
  private final Quantizer quantizer;
  private final RandomStream stream;
  private final Rows rows;
  private final NDArray bias;
  private final long[] shape;

  Rounding(AdaRound plan, Stop stop, Quantizer quantizer) {
    this.plan = plan;
    this.stop = stop;
    this.quantizer = quantizer;
    this.stream = RandomStream.of(plan.seed(), "adaround").split(stop.node().name());
    this.rows = Rows.of(stop, plan.rows(), stream.split("positions"));
    Layer layer = stop.layer();
    int outputs = layer.outputs() / layer.groups();
    this.shape = new long[] {layer.groups(), outputs, layer.row()};
    float[] own = layer.bias().map(stop.rounded()::value).orElse(new float[layer.outputs()]);
    this.bias = stop.scope().tensor(own, layer.groups(), 1, outputs);
  }

  float[] optimized() {
    float[] weight = stop.weight();
    float[] scales = new float[weight.length];
    float[] zeros = new float[weight.length];
    quantizer
        .format()
        .spread()
        .over(stop.weightShape())
        .forEach(
            (parameter, from, to) -> {
              for (int i = from; i < to; i++) {
                scales[i] = quantizer.params().get(parameter).scale();
                zeros[i] = quantizer.params().get(parameter).zeroPoint();
              }
            });
    Scope scope = stop.scope();
    try (NDArray index = scope.tensor(index(), plan.steps(), plan.batch());
        NDArray w = scope.tensor(weight, shape);
        NDArray scale = scope.tensor(scales, shape);
        NDArray zero = scope.tensor(zeros, shape);
        NDArray rounded =
            Rows.call(
                "round",
                bias,
                Value.of(rows.inputs()),
                Value.of(rows.targets()),
                Value.of(w),
                Value.of(scale),
                Value.of(zero),
                Value.of(bias),
                Value.of(index),
                Value.of((double) quantizer.format().min()),
                Value.of((double) quantizer.format().max()),
                Value.of(rectified()),
                Value.of(plan.rate()),
                Value.of(plan.strength()),
                Value.of(plan.warm()))) {
      return Scope.floats(rounded);
    }
  }

  private long[] index() {
    RandomStream draws = stream.split("batches");
    long[] index = new long[plan.steps() * plan.batch()];
    for (int i = 0; i < index.length; i++) {
      index[i] = draws.nextInt(rows.count());
    }
    return index;
  }

  private double rectified() {
    return stop.rectified() ? 1 : 0;
  }

  /** The squared error of the output over its square, on all rows. */
  double error(float[] weight) {
    try (NDArray w = stop.scope().tensor(weight, shape);
        NDArray error =
            Rows.call(
                "error",
                bias,
                Value.of(rows.inputs()),
                Value.of(rows.targets()),
                Value.of(w),
                Value.of(bias),
                Value.of(rectified()))) {
      return Scope.floats(error)[0];
    }
  }

  void close() {
    rows.close();
    bias.close();
  }
}
