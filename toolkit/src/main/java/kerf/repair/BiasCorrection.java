package kerf.repair;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;

/**
 * Shifts biases so that each output channel has on average what it has in the float network, on
 * samples, layer after layer, each behind those corrected already: Nagel et al. 2019, section 4.2
 * and appendix D. Errors of rounding do not average out over a filter.
 */
record BiasCorrection() implements LaneRepair {
  @Override
  public String title() {
    return "bias corrected";
  }

  @Override
  public String repair(Stop stop) {
    if (stop.layer().bias().isEmpty()) {
      return "no bias";
    }
    Moments wanted = Stop.moments(stop.wanted());
    List<NDArray> found = stop.found();
    Moments have = Stop.moments(found);
    found.forEach(NDArray::close);
    shift(stop, have.means(), wanted.means());
    return largest(have.means(), wanted);
  }

  /** Adds to the bias what is missing of the means. */
  static void shift(Stop stop, double[] have, double[] wanted) {
    Optional<String> bias = stop.layer().bias();
    if (bias.isPresent()) {
      float[] shifted = stop.rounded().value(bias.get()).clone();
      for (int c = 0; c < shifted.length; c++) {
        shifted[c] = (float) (shifted[c] + wanted[c] - have[c]);
      }
      stop.rounded().put(bias.get(), shifted);
    }
  }

  /** The largest shift, in units of what the channel varies by. */
  static String largest(double[] have, Moments wanted) {
    double largest = 0;
    for (int c = 0; c < have.length; c++) {
      double deviation = wanted.deviations()[c];
      if (deviation > 0) {
        largest = Math.max(largest, Math.abs(wanted.means()[c] - have[c]) / deviation);
      }
    }
    return "a channel shifted by up to %.3f of its deviation".formatted(largest);
  }
}
