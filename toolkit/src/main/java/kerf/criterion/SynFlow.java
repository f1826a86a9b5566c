package kerf.criterion;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kerf.model.Network;
import kerf.model.ParameterSpec;
import kerf.tensor.Script;
import kerf.tensor.Value;

/**
 * Synaptic flow: what share of the flow through a network goes through a weight, the flow being the
 * sum of its outputs for an input of ones with every parameter replaced by its magnitude (H. Tanaka
 * et al., "Pruning neural networks without any data by iteratively conserving synaptic flow",
 * NeurIPS 2020, equation 2). Without biases the shares of each layer add up to the same.
 *
 * <p>Meant for a global scope and many small rounds, the paper's 100, each on the network that the
 * round before left; in one round it empties layers as other criteria do. Computed in double
 * precision, since the flow of a deep network exceeds floats, and in inference mode.
 */
public record SynFlow() implements Criterion {
  @Override
  public Set<Evidence<?>> needs() {
    return Set.of(new Flow());
  }

  @Override
  public float[] scores(LayerWeights layer) {
    return layer.evidence(new Flow()).clone();
  }

  @Override
  public String toString() {
    return "synflow()";
  }

  /** A share a weight; the shares of all layers add up to 1. */
  record Flow() implements Evidence<float[]> {
    private static final Script SCRIPT =
        Script.compile(
            """
            def flow(self: __torch__.Kerf, outputs: Tensor, params: List[Tensor], shares: List[Tensor]) -> NoneType:
              found = torch.autograd.grad([outputs], params, annotate(List[Optional[Tensor]], [torch.ones_like(outputs)]))
              total = 0.
              for _0 in range(torch.len(params)):
                _1 = torch.copy_(shares[_0], torch.mul(torch._unwrap_optional(found[_0]), params[_0]))
                total = torch.add(total, float(torch.item(torch.sum(shares[_0]))))
              for _2 in range(torch.len(params)):
                _3 = torch.div_(shares[_2], total)
              return None
            """);

    @Override
    public String name() {
      return "synaptic flow";
    }

    @Override
    public Set<Need> needs() {
      return Set.of();
    }

    @Override
    public Map<String, float[]> find(Subject subject) {
      Network network = subject.network();
      try (Probe probe = Probe.precise(magnitudes(network))) {
        long[] shape = network.architecture().structure().inputShape();
        List<NDArray> shares = probe.zeros();
        NDArray outputs = probe.record(probe.ones(shape), false);
        try (Value recorded = Value.of(outputs);
            Value weights = Value.of(probe.weights());
            Value own = Value.of(shares)) {
          SCRIPT.call("flow", recorded, weights, own).close();
        }
        return probe.byLayer(shares);
      }
    }

    private static Network magnitudes(Network network) {
      Map<String, float[]> values = new LinkedHashMap<>();
      for (ParameterSpec spec : network.architecture().structure().parameters()) {
        float[] magnitudes = network.values(spec.name());
        for (int i = 0; i < magnitudes.length; i++) {
          magnitudes[i] = Math.abs(magnitudes[i]);
        }
        values.put(spec.name(), magnitudes);
      }
      return network.revalued(values);
    }
  }
}
