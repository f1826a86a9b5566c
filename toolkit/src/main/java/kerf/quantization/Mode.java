package kerf.quantization;

import kerf.trace.Operator;

/** What of a network is quantized, and when scales are known. */
public enum Mode {
  /** Weights and activations; the activations' scales are found beforehand on calibration data. */
  STATIC("static"),
  /** Weights and inputs of layers; the inputs' scales are found for each batch as it comes. */
  DYNAMIC("dynamic"),
  /** Weights alone; everything is computed in floats. */
  WEIGHT_ONLY("weight-only");

  private final String title;

  Mode(String title) {
    this.title = title;
  }

  /** Whether there is a way to compute with a layer's quantized weights. */
  boolean serves(Operator layer) {
    return switch (this) {
      case STATIC -> Layers.multiplies(layer);
      case DYNAMIC -> LayerKind.of(layer) != LayerKind.CONVOLUTION;
      case WEIGHT_ONLY -> true;
    };
  }

  @Override
  public String toString() {
    return title;
  }
}
