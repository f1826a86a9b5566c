package kerf.model;

import ai.djl.ndarray.NDList;
import java.util.Locale;

/** What a unit makes of the sum of its inputs. */
public enum Activation {
  /** The hyperbolic tangent, in (-1, 1). */
  TANH,
  /** The logistic function, in (0, 1). */
  SIGMOID,
  /** The positive part. */
  RELU,
  /** The positive part, at most 6. */
  RELU6;

  NDList apply(NDList inputs) {
    return switch (this) {
      case TANH -> ai.djl.nn.Activation.tanh(inputs);
      case SIGMOID -> ai.djl.nn.Activation.sigmoid(inputs);
      case RELU -> ai.djl.nn.Activation.relu(inputs);
      case RELU6 -> ai.djl.nn.Activation.relu6(inputs);
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
