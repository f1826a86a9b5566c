package kerf.repair;

import kerf.quantization.WeightForm;

/**
 * Rounds a layer's weights up or down as {@link AdaRound} says.
 *
 * @param plan how
 */
record AdaptiveRounding(AdaRound plan) implements LaneRepair {
  @Override
  public String title() {
    return "AdaRound";
  }

  @Override
  public String repair(Stop stop) {
    if (!(stop.form() instanceof WeightForm.Grid grid)) {
      return "weights are not on a grid of integers";
    }
    if (!Rows.fit(stop)) {
      return "neither linear nor a convolution over two dimensions";
    }
    float[] before = stop.form().rounded(stop.weight(), stop.weightShape());
    Rounding rounding = new Rounding(plan, stop, grid.quantizer());
    float[] after = rounding.optimized();
    double nearest = rounding.error(before);
    double adapted = rounding.error(after);
    rounding.close();
    if (!(adapted < nearest)) {
      return "nearest rounding stays: relative error %.2e, adapted %.2e"
          .formatted(nearest, adapted);
    }
    stop.rounded().put(stop.layer().weight(), after);
    return "%.1f %% of the weights rounded the other way; relative error %.2e to %.2e"
        .formatted(100 * changed(before, after), nearest, adapted);
  }

  private static double changed(float[] before, float[] after) {
    int count = 0;
    for (int i = 0; i < before.length; i++) {
      count += Math.abs(before[i] - after[i]) > 1e-6 * Math.abs(before[i]) ? 1 : 0;
    }
    return (double) count / before.length;
  }
}
