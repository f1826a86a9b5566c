package kerf.quantization;

import java.util.Map;
import kerf.argument.Argument;
import kerf.argument.Names;
import kerf.data.Samples;
import kerf.display.Bundle;
import kerf.display.Shown;
import kerf.scheme.Quantizer;

/** A prepared network whose observers have seen data: every range is known. */
public final class Calibrated implements Shown {
  private final Prepared prepared;
  private final Map<String, Quantizer> points;
  private final Samples samples;

  Calibrated(Prepared prepared, Map<String, Quantizer> points, Samples samples) {
    this.prepared = prepared;
    this.points = points;
    this.samples = samples;
  }

  /**
   * Gives the grid of a point.
   *
   * @param name the node's name, such as {@code relu1}
   * @return format, scale and zero point
   * @throws IllegalArgumentException if it is none of the points
   */
  public Quantizer point(String name) {
    Argument.require("name", name);
    Quantizer quantizer = points.get(name);
    if (quantizer == null) {
      throw new IllegalArgumentException(
          "no point '%s'; there are %s".formatted(name, Names.listed(name, points.keySet())));
    }
    return quantizer;
  }

  /**
   * Rounds weights and biases and puts fake quantization at the points.
   *
   * @return the quantized network
   */
  public Quantized convert() {
    QuantizedGraph form =
        new QuantizedGraph(
            prepared.network(),
            prepared.plan().mode(),
            prepared.forms(points),
            points,
            prepared.assignment().inputs());
    return samples == null
        ? Quantized.of(prepared.original(), form)
        : Quantized.of(prepared.original(), form, samples);
  }

  @Override
  public Bundle bundle() {
    return convert().bundle();
  }

  @Override
  public String toString() {
    return "%s; calibrated".formatted(prepared);
  }
}
