package kerf.experiment.fake;

/** What is done with a network. */
enum Stage {
  /** Trained in floats. */
  FLOAT("float"),
  /** Trained on in floats, for as many passes as quantization-aware training has. */
  TUNED("float, fine-tuned"),
  /** The float network quantized, and not trained any more. */
  PTQ("PTQ"),
  /** The float network trained on with fake quantization. */
  QAT("QAT");

  private final String words;

  Stage(String words) {
    this.words = words;
  }

  boolean quantized() {
    return this == PTQ || this == QAT;
  }

  @Override
  public String toString() {
    return words;
  }
}
