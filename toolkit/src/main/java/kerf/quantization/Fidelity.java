package kerf.quantization;

import java.util.LinkedHashMap;
import java.util.Map;
import kerf.data.Samples;
import kerf.scheme.Quantizer;
import kerf.tensor.Scope;
import kerf.trace.Activations;

/** What rounding does to a tensor: sums over the numbers seen, to which more can be added. */
final class Fidelity {
  private static final int SAMPLES = 256;

  private long count;
  private long outside;
  private double signal;
  private double noise;

  /** Of weights. */
  static Fidelity of(WeightForm form, float[] weights, long... shape) {
    Fidelity fidelity = new Fidelity();
    boolean[] inside =
        form instanceof WeightForm.Grid grid ? grid.quantizer().inRange(weights, shape) : null;
    fidelity.add(weights, form.rounded(weights, shape), inside);
    return fidelity;
  }

  /** Of what passes through the float network at each point. */
  static Map<String, Fidelity> ofPoints(QuantizedGraph form, Samples samples) {
    Map<String, Fidelity> each = new LinkedHashMap<>();
    form.points().keySet().forEach(name -> each.put(name, new Fidelity()));
    if (each.isEmpty()) {
      return each;
    }
    Activations.of(form.network(), samples.first(Math.min(SAMPLES, samples.size())))
        .at(each.keySet().toArray(String[]::new))
        .batch(64)
        .forEach(
            (node, output) -> {
              Quantizer quantizer = form.points().get(node.name());
              float[] values = Scope.floats(output);
              each.get(node.name())
                  .add(
                      values,
                      quantizer.fake(values, values.length),
                      quantizer.inRange(values, values.length));
            });
    return each;
  }

  private void add(float[] values, float[] rounded, boolean... inside) {
    for (int i = 0; i < values.length; i++) {
      double error = (double) values[i] - rounded[i];
      signal += (double) values[i] * values[i];
      noise += error * error;
      outside += inside == null || inside[i] ? 0 : 1;
    }
    count += values.length;
  }

  /** The share beyond the grid's ends, more than half a step. */
  double clipped() {
    return count == 0 ? 0 : outside / (double) count;
  }

  /** Decibels; infinite where nothing was lost, NaN for zeros alone. */
  double sqnr() {
    return 10 * Math.log10(signal / noise);
  }
}
