package kerf.criterion;

import ai.djl.ndarray.NDArray;
import java.util.List;
import kerf.tensor.Script;
import kerf.tensor.Value;

/** Adds up, batch by batch, the gradient of the mean cross entropy of so many samples. */
final class GradientSum implements Probe.Work {
  private static final Script SCRIPT =
      Script.compile(
          """
          def add(self: __torch__.Kerf, logits: Tensor, labels: Tensor, size: float, temperature: float, params: List[Tensor], sums: List[Tensor]) -> NoneType:
            g = torch.softmax(torch.div(logits, temperature), 1)
            _1 = torch.scatter_(g, 1, torch.unsqueeze(labels, 1), -1., reduce="add")
            _2 = torch.div_(g, torch.mul(size, temperature))
            found = torch.autograd.grad([logits], params, annotate(List[Optional[Tensor]], [g]))
            for _3 in range(torch.len(found)):
              _4 = torch.add_(sums[_3], torch._unwrap_optional(found[_3]))
            return None
          """);

  private final Probe probe;
  private final long samples;
  private final boolean training;
  private final double temperature;
  private final List<NDArray> sums;

  /**
   * Starts at 0.
   *
   * @param probe whose weights to differentiate by
   * @param samples how many there are in all batches together
   * @param training whether the network computes as in training
   * @param temperature by which logits are divided
   */
  GradientSum(Probe probe, long samples, boolean training, double temperature) {
    this.probe = probe;
    this.samples = samples;
    this.training = training;
    this.temperature = temperature;
    this.sums = probe.zeros();
  }

  @Override
  public void on(NDArray inputs, NDArray labels) {
    NDArray logits = probe.record(inputs, training);
    try (Value outputs = Value.of(logits);
        Value right = Value.of(labels);
        Value size = Value.of((double) samples);
        Value smooth = Value.of(temperature);
        Value weights = Value.of(probe.weights());
        Value own = Value.of(sums)) {
      SCRIPT.call("add", outputs, right, size, smooth, weights, own).close();
    }
  }

  /** A gradient for each of the probe's weights, as far as batches have been seen. */
  List<NDArray> gradients() {
    return sums;
  }
}
