package kerf.repair;

import ai.djl.ndarray.NDArray;
import java.util.List;
import kerf.quantization.WeightForm;
import kerf.tensor.Scope;
import kerf.tensor.Script;
import kerf.tensor.Value;
import kerf.trace.Activation;
import kerf.trace.Graph;
import kerf.trace.Node;

/**
 * A layer that both lanes have come to: all its inputs are known, and it may still be changed.
 *
 * @param node its node
 * @param layer what it is
 * @param graph the graph
 * @param scope where arrays of a visit live
 * @param exact the float lane, its output computed
 * @param rounded the quantized lane, its output not computed yet
 */
record Stop(
    Node node, Layer layer, Graph graph, Scope scope, Lanes.Lane exact, Lanes.Lane rounded) {
  private static final Script SCRIPT =
      Script.compile(
          """
          def sums(self: __torch__.Kerf, x: Tensor) -> Tensor:
            y = torch.flatten(torch.unsqueeze(torch.to(x, 7), -1), 2)
            return torch.stack([torch.sum(y, [0, 2]), torch.sum(torch.square(y), [0, 2])], 0)
          def errors(self: __torch__.Kerf, found: Tensor, wanted: Tensor) -> Tensor:
            y = torch.to(wanted, 7)
            return torch.stack([torch.sum(torch.square(torch.sub(found, y))), torch.sum(torch.square(y))], 0)
          """);

  /** The outputs of the float lane, batch by batch. */
  List<NDArray> wanted() {
    return exact.outputs(node.name());
  }

  /** The outputs that the quantized lane would have with its present values; close them. */
  List<NDArray> found() {
    return rounded.run(node);
  }

  WeightForm form() {
    return rounded.form(layer.weight());
  }

  float[] weight() {
    return rounded.value(layer.weight());
  }

  long[] weightShape() {
    return graph.parameter(layer.weight()).shape();
  }

  /** Whether all that is made of the output is its positive part. */
  boolean rectified() {
    List<Node> readers = graph.readers(node.name());
    return readers.size() == 1
        && !graph.output().equals(node.name())
        && readers.get(0).operator() instanceof Activation activation
        && activation.function() == Activation.Function.RELU;
  }

  /** Mean and deviation of each channel over samples and positions. */
  static Moments moments(List<NDArray> batches) {
    double[] sums = null;
    double count = 0;
    for (NDArray batch : batches) {
      try (Value x = Value.of(batch);
          Value result = SCRIPT.call("sums", x);
          NDArray array = result.array(batch)) {
        double[] own = array.toDoubleArray();
        sums = sums == null ? own : added(sums, own);
        count += 2.0 * batch.size() / own.length;
      }
    }
    int channels = sums.length / 2;
    double[] means = new double[channels];
    double[] deviations = new double[channels];
    for (int c = 0; c < channels; c++) {
      means[c] = sums[c] / count;
      deviations[c] = Math.sqrt(Math.max(0, sums[channels + c] / count - means[c] * means[c]));
    }
    return new Moments(means, deviations);
  }

  /** The squared error of the quantized lane's output, and the squared output that it should be. */
  static double[] errors(List<NDArray> found, List<NDArray> wanted) {
    double[] errors = new double[2];
    for (int i = 0; i < found.size(); i++) {
      try (Value x = Value.of(found.get(i));
          Value y = Value.of(wanted.get(i));
          Value result = SCRIPT.call("errors", x, y);
          NDArray array = result.array(found.get(i))) {
        errors = added(errors, array.toDoubleArray());
      }
    }
    return errors;
  }

  private static double[] added(double[] sums, double[] more) {
    double[] added = sums.clone();
    for (int i = 0; i < added.length; i++) {
      added[i] += more[i];
    }
    return added;
  }
}
