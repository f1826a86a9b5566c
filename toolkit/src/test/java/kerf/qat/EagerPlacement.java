package kerf.qat;

import java.util.LinkedHashMap;
import java.util.Map;
import kerf.model.Network;
import kerf.model.ParameterSpec;
import kerf.trace.Graph;

/** Moves a fake quantization to where PyTorch's eager mode has it if layers were not fused. */
public final class EagerPlacement {
  private EagerPlacement() {}

  /**
   * Rounds a layer's output before the ReLU behind it, and no more after it.
   *
   * @param prepared a network whose fake quantization is behind the ReLU
   */
  public static Network beforeRelu(Network prepared, String layer, String relu) {
    Graph graph = Graph.of(prepared);
    RunningFakeQuantize after = (RunningFakeQuantize) graph.node(relu + ".quantized").operator();
    ParameterSpec range =
        new ParameterSpec(layer + ".range", layer, ParameterSpec.Role.STATE, 2, 1);
    graph =
        graph
            .without(relu + ".quantized")
            .inserted(
                layer,
                layer + ".quantized",
                new RunningFakeQuantize(
                    range.name(), after.switches(), after.format(), after.constant()),
                range);
    Map<String, float[]> values = new LinkedHashMap<>();
    for (ParameterSpec spec : graph.parameters()) {
      values.put(spec.name(), spec.equals(range) ? new float[2] : prepared.values(spec.name()));
    }
    return new Network(
        graph.architecture("eager", prepared.architecture().initialization()), values);
  }
}
