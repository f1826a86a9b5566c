package kerf.quantization;

import kerf.trace.Convolution;
import kerf.trace.Linear;
import kerf.trace.Lstm;
import kerf.trace.Operator;

/** The kinds of layers with weights, as plans name them. */
public enum LayerKind {
  /** Convolutions of one to three dimensions. */
  CONVOLUTION("convolutions"),
  /** Linear layers. */
  LINEAR("linear layers"),
  /** Recurrent layers. */
  RECURRENT("LSTM layers");

  private final String title;

  LayerKind(String title) {
    this.title = title;
  }

  /** The kind of an operator with weights. */
  static LayerKind of(Operator operator) {
    if (operator instanceof Convolution) {
      return CONVOLUTION;
    }
    if (operator instanceof Linear) {
      return LINEAR;
    }
    if (operator instanceof Lstm) {
      return RECURRENT;
    }
    throw new IllegalStateException("no kind of layer for " + operator);
  }

  @Override
  public String toString() {
    return title;
  }
}
