package kerf.quantization;

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

  @Override
  public String toString() {
    return title;
  }
}
