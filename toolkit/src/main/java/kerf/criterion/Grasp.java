package kerf.criterion;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import kerf.data.Samples;
import kerf.granularity.Groups;
import kerf.model.Network;
import kerf.tensor.Script;
import kerf.tensor.Value;
import kerf.training.Batch;
import kerf.training.CrossEntropy;

/**
 * What a weight does for the flow of gradients: {@code w (H g)}, g being the gradient and H the
 * Hessian of the mean loss over the data by the weights (C. Wang et al., "Picking Winning Tickets
 * Before Training by Preserving Gradient Flow", ICLR 2020, equation 8 with its sign turned, since
 * here the smallest scores go). Scores have signs; a group's is the mean of its weights'. Made for
 * networks that are not trained yet: the gradient is that of a training step.
 *
 * @param temperature by which logits are divided, above 0; the authors' code has 200
 */
public record Grasp(double temperature) implements Criterion {
  /**
   * Checks the temperature.
   *
   * @param temperature by which logits are divided, above 0
   */
  public Grasp {
    if (!(temperature > 0 && temperature < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("temperature must be above 0, found " + temperature);
    }
  }

  @Override
  public Set<Evidence<?>> needs() {
    return Set.of(new HessianGradient(temperature));
  }

  @Override
  public float[] scores(LayerWeights layer) {
    float[] product = layer.evidence(new HessianGradient(temperature));
    float[] scores = layer.values().clone();
    for (int i = 0; i < scores.length; i++) {
      scores[i] *= product[i];
    }
    return scores;
  }

  @Override
  public float[] groupScores(LayerWeights layer, Groups groups, float[] scores) {
    return groups.means(scores);
  }

  @Override
  public String toString() {
    return temperature == 200 ? "grasp()" : "grasp(" + temperature + ")";
  }

  /**
   * The Hessian times the gradient, as the central difference of gradients a small way up and down
   * the gradient, in double precision.
   */
  record HessianGradient(double temperature) implements Evidence<float[]> {
    /** The way gone, as a part of the length of the weights: half the digits of a double. */
    private static final double STEP = 1e-7;

    private static final Script SCRIPT =
        Script.compile(
            """
            def slope(self: __torch__.Kerf, logits: Tensor, labels: Tensor, temperature: float, params: List[Tensor]) -> List[Tensor]:
              g = torch.softmax(torch.div(logits, temperature), 1)
              _0 = torch.scatter_(g, 1, torch.unsqueeze(labels, 1), -1., reduce="add")
              _1 = torch.div_(g, torch.mul(temperature, torch.size(logits, 0)))
              found = torch.autograd.grad([logits], params, annotate(List[Optional[Tensor]], [g]))
              grads = annotate(List[Tensor], [])
              for _2 in range(torch.len(found)):
                _3 = torch.append(grads, torch._unwrap_optional(found[_2]))
              return grads
            """);

    @Override
    public String name() {
      return "Hessian-gradient products";
    }

    @Override
    public Set<Need> needs() {
      return Set.of(Need.DATA);
    }

    @Override
    public Map<String, float[]> find(Subject subject) {
      Samples samples = subject.data();
      new CrossEntropy().requireFits(subject.network().architecture(), samples);
      return find(subject.network(), samples.size(), work -> Probe.batches(samples, work));
    }

    Map<String, float[]> find(Network network, long samples, Consumer<Probe.Work> data) {
      try (Probe probe = Probe.precise(network)) {
        List<NDArray> direction = gradients(probe, samples, data);
        probe.mask(network.mask(), direction);
        double step = STEP * length(probe.weights()) / length(direction);
        if (!Double.isFinite(step)) {
          return probe.byLayer(direction);
        }
        probe.move(direction, step);
        List<NDArray> up = gradients(probe, samples, data);
        probe.move(direction, -2 * step);
        List<NDArray> down = gradients(probe, samples, data);
        for (int i = 0; i < up.size(); i++) {
          up.get(i).subi(down.get(i)).divi(2 * step);
        }
        return probe.byLayer(up);
      }
    }

    private List<NDArray> gradients(Probe probe, long samples, Consumer<Probe.Work> data) {
      GradientSum sum = new GradientSum(probe, samples, true, this::slope);
      data.accept(sum);
      return sum.gradients();
    }

    /** Of the mean cross entropy at the temperature. */
    private Value slope(Batch batch, Value weights) {
      try (Value smooth = Value.of(temperature)) {
        return SCRIPT.call("slope", batch.outputs(), batch.labels(), smooth, weights);
      }
    }

    private static double length(List<NDArray> arrays) {
      double squares = 0;
      for (NDArray array : arrays) {
        squares += array.mul(array).sum().getDouble();
      }
      return Math.sqrt(squares);
    }
  }
}
