package kerf.repair;

import java.util.LinkedHashMap;
import java.util.Map;
import kerf.data.Samples;
import kerf.model.Network;
import kerf.model.Outputs;
import kerf.quantization.Mode;
import kerf.quantization.Quantized;
import kerf.quantization.QuantizedGraph;
import kerf.quantization.WeightForm;
import kerf.scheme.IntegerFormat;
import kerf.scheme.QuantParams;
import kerf.trace.Graph;

/** Small networks whose numbers a reader can follow. */
final class Nets {
  private Nets() {}

  /** A network with these values; parameters that are not named stay as they start. */
  static Network valued(Network fresh, Map<String, float[]> named) {
    Map<String, float[]> values = new LinkedHashMap<>();
    fresh
        .architecture()
        .structure()
        .parameters()
        .forEach(spec -> values.put(spec.name(), fresh.values(spec.name())));
    values.putAll(named);
    return fresh.revalued(values);
  }

  /** Weights of every layer on a grid of this step, one a tensor; activations float. */
  static Quantized stepped(Network folded, IntegerFormat format, double step, Samples samples) {
    Map<String, WeightForm> forms = new LinkedHashMap<>();
    Graph.of(folded)
        .nodes()
        .forEach(
            node ->
                Layer.of(node)
                    .ifPresent(
                        layer ->
                            forms.put(
                                layer.weight(),
                                new WeightForm.Grid(
                                    format.quantizer(new QuantParams((float) step, 0))))));
    QuantizedGraph form = new QuantizedGraph(folded, Mode.WEIGHT_ONLY, forms, Map.of());
    return Quantized.of(folded, form, samples);
  }

  static float[] outputs(Network network, Samples samples) {
    return Outputs.of(network, samples.inputs(), Outputs.batch(network, samples.size()));
  }
}
