package kerf.repair;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import kerf.quantization.WeightForm;
import kerf.scheme.QuantParams;
import kerf.scheme.Quantizer;
import kerf.scheme.Spread;

/**
 * Measures the statistics of batch normalization anew on samples, with the quantized weights in
 * place, and folds it with these: rounding moves mean and deviation of what a layer gives out, and
 * the next layers were trained with others.
 *
 * <p>A channel with mean m and deviation d on the samples becomes {@code (y - m) |gamma| / d +
 * beta}. With a scale a channel that changes scales and biases alone, the integers stay. With one
 * scale a tensor the weights are rounded again, and the mean is set right once more behind it.
 *
 * @param moments what batch normalization makes of each layer's output, by node
 */
record Reestimation(Map<String, Moments> moments) implements LaneRepair {
  /** A channel that varies less than this part of the liveliest is left unscaled. */
  private static final double STILL = 1e-4;

  @Override
  public String title() {
    return "batch norm re-estimated";
  }

  @Override
  public String repair(Stop stop) {
    Moments target = moments.get(stop.node().name());
    if (target == null) {
      return "no batch normalization";
    }
    Moments found = measured(stop);
    double[] ratios = new double[found.means().length];
    double still = STILL * Balance.largest(found.deviations());
    for (int c = 0; c < ratios.length; c++) {
      double deviation = found.deviations()[c];
      ratios[c] = deviation > still ? target.deviations()[c] / deviation : 1;
    }
    rescale(stop, ratios);
    BiasCorrection.shift(stop, measured(stop).means(), target.means());
    return "deviations times %.3f to %.3f"
        .formatted(Arrays.stream(ratios).min().orElse(1), Arrays.stream(ratios).max().orElse(1));
  }

  private static Moments measured(Stop stop) {
    List<NDArray> found = stop.found();
    Moments moments = Stop.moments(found);
    found.forEach(NDArray::close);
    return moments;
  }

  private static void rescale(Stop stop, double[] ratios) {
    float[] weight = stop.weight();
    float[] scaled = new float[weight.length];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = (float) (weight[i] * ratios[stop.layer().output(i)]);
    }
    if (stop.form() instanceof WeightForm.Grid grid
        && grid.quantizer().format().spread().equals(new Spread.PerChannel(0))) {
      List<QuantParams> params = new ArrayList<>();
      for (int c = 0; c < ratios.length; c++) {
        QuantParams own = grid.quantizer().params().get(c);
        params.add(new QuantParams((float) (own.scale() * ratios[c]), own.zeroPoint()));
      }
      stop.rounded()
          .form(
              stop.layer().weight(),
              new WeightForm.Grid(new Quantizer(grid.quantizer().format(), params)));
    }
    stop.rounded().put(stop.layer().weight(), scaled);
  }
}
