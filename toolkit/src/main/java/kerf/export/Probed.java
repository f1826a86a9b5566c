package kerf.export;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import kerf.quantization.QuantizedGraph;
import kerf.scheme.QuantParams;
import kerf.scheme.Quantizer;

/** A model in ONNX Runtime that also gives out what its layers compute. */
final class Probed implements AutoCloseable {
  private final Map<String, Optional<Quantizer>> probes;
  private final OnnxSession session;

  private Probed(Map<String, Optional<Quantizer>> probes, OnnxSession session) {
    this.probes = probes;
    this.session = session;
  }

  static Probed of(QuantizedGraph form) {
    byte[] model = Translation.probed(form).toByteArray();
    return new Probed(Translation.probes(form), OnnxSession.open(model));
  }

  /** The nodes whose outputs are given out, with their grids if they have one. */
  Map<String, Optional<Quantizer>> probes() {
    return probes;
  }

  /** Outputs by node, those of a grid as floats that lie on it. */
  Map<String, float[]> outputs(float[] values, int count) {
    try (OnnxSession.Inputs inputs = session.inputs(values, count)) {
      // The model's outputs are in the order of the probes.
      Iterator<float[]> each = inputs.outputs().values().iterator();
      Map<String, float[]> outputs = new LinkedHashMap<>();
      probes.forEach((name, grid) -> outputs.put(name, floats(grid, each.next())));
      return outputs;
    }
  }

  private static float[] floats(Optional<Quantizer> grid, float[] output) {
    if (Translation.integers(grid)) {
      QuantParams params = grid.orElseThrow().params().get(0);
      for (int i = 0; i < output.length; i++) {
        output[i] = (output[i] - params.zeroPoint()) * params.scale();
      }
    }
    return output;
  }

  @Override
  public void close() {
    session.close();
  }
}
