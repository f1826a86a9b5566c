package kerf.criterion;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kerf.data.Samples;
import kerf.tensor.Scope;
import kerf.tensor.Script;
import kerf.tensor.Value;

/**
 * The gradient of the mean cross entropy over the data by each weight, pruned ones included.
 *
 * @param pass whether the network computes as in training or as in inference
 */
public record Gradients(Pass pass) implements Evidence<float[]> {
  private static final Script SCRIPT =
      Script.compile(
          """
          def add(self: __torch__.Kerf, logits: Tensor, labels: Tensor, size: float, params: List[Tensor], sums: List[Tensor]) -> NoneType:
            g = torch.softmax(logits, 1)
            _1 = torch.scatter_(g, 1, torch.unsqueeze(labels, 1), -1., reduce="add")
            _2 = torch.div_(g, size)
            found = torch.autograd.grad([logits], params, annotate(List[Optional[Tensor]], [g]))
            for _3 in range(torch.len(found)):
              _4 = torch.add_(sums[_3], torch._unwrap_optional(found[_3]))
            return None
          """);

  /** How batch normalization and dropout behave. */
  public enum Pass {
    /** Running statistics, no dropout. */
    INFERENCE,
    /** The statistics of each batch of 128, units dropped: for networks that are not trained. */
    TRAINING
  }

  /**
   * The gradient of a network in use.
   *
   * @return the evidence
   */
  public static Gradients inference() {
    return new Gradients(Pass.INFERENCE);
  }

  /**
   * The gradient that a first step of training would see.
   *
   * @return the evidence
   */
  public static Gradients training() {
    return new Gradients(Pass.TRAINING);
  }

  @Override
  public String name() {
    return "gradients";
  }

  @Override
  public Set<Need> needs() {
    return Set.of(Need.DATA);
  }

  @Override
  public Map<String, float[]> find(Subject subject) {
    Samples samples = subject.data();
    try (Probe probe = new Probe(subject.network())) {
      Sum sum = new Sum(probe, samples.size());
      Probe.batches(samples, sum);
      return probe.byLayer(sum.gradients);
    }
  }

  /** Adds up the gradient of the mean over so many samples. */
  final class Sum implements Probe.Work {
    private final Probe probe;
    private final long samples;
    private final List<NDArray> gradients;

    Sum(Probe probe, long samples) {
      this.probe = probe;
      this.samples = samples;
      this.gradients = probe.zeros();
    }

    List<NDArray> gradients() {
      return gradients;
    }

    @Override
    public void on(NDArray inputs, NDArray labels) {
      NDArray logits =
          Scope.recording(() -> probe.session().forward(inputs, pass == Pass.TRAINING));
      try (Value outputs = Value.of(logits);
          Value right = Value.of(labels);
          Value size = Value.of((double) samples);
          Value weights = Value.of(probe.weights());
          Value sums = Value.of(gradients)) {
        SCRIPT.call("add", outputs, right, size, weights, sums).close();
      }
    }
  }
}
