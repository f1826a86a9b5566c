package kerf.criterion;

import ai.djl.ndarray.NDArray;
import java.util.List;
import kerf.tensor.Script;
import kerf.tensor.Value;
import kerf.training.Batch;
import kerf.training.Loss;

/** Adds up, batch by batch, the gradient of a mean loss over so many samples. */
final class GradientSum implements Probe.Work {
  private static final Script SCRIPT =
      Script.compile(
          """
          def add(self: __torch__.Kerf, sums: List[Tensor], gradients: List[Tensor], share: float) -> NoneType:
            for _0 in range(torch.len(sums)):
              _1 = torch.add_(sums[_0], gradients[_0], alpha=share)
            return None
          """);

  /** Differentiates the mean loss of a batch. */
  @FunctionalInterface
  interface Slope {
    /** A gradient for each of the weights. */
    Value of(Batch batch, Value weights);
  }

  private final Probe probe;
  private final long samples;
  private final boolean training;
  private final Slope slope;
  private final List<NDArray> sums;

  /**
   * Starts at 0.
   *
   * @param probe whose weights to differentiate by
   * @param samples how many there are in all batches together
   * @param training whether the network computes as in training
   * @param slope the derivative of the loss
   */
  GradientSum(Probe probe, long samples, boolean training, Slope slope) {
    this.probe = probe;
    this.samples = samples;
    this.training = training;
    this.slope = slope;
    this.sums = probe.zeros();
  }

  /** The derivative of a loss of the training room's, whose values nobody wants. */
  static Slope of(Loss loss, Probe probe) {
    Loss.Arithmetic arithmetic = loss.arithmetic(probe.scope());
    arithmetic.watch(probe.session());
    Value ignored = Value.of(probe.scope().tensor(new float[1]));
    return (batch, weights) -> arithmetic.gradients(batch, weights, ignored);
  }

  @Override
  public void on(NDArray inputs, NDArray labels) {
    NDArray logits = probe.record(inputs, training);
    try (Value outputs = Value.of(logits);
        Value right = Value.of(labels);
        Value weights = Value.of(probe.weights());
        Value gradients = slope.of(new Batch(inputs, outputs, right), weights);
        Value share = Value.of((double) inputs.getShape().get(0) / samples);
        Value own = Value.of(sums)) {
      SCRIPT.call("add", own, gradients, share).close();
    }
  }

  /** A gradient for each of the probe's weights, as far as batches have been seen. */
  List<NDArray> gradients() {
    return sums;
  }
}
