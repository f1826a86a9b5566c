package kerf.trace;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.internal.NDArrayEx;
import java.util.List;
import java.util.Locale;

/**
 * A nonlinearity that keeps the shape.
 *
 * @param function which one
 * @param number its one number: the slope of {@link Function#LEAKY_RELU}, alpha of {@link
 *     Function#ELU}, beta of {@link Function#SWISH}, the axis of the softmaxes, the bits of {@link
 *     Function#DOREFA}; else 0
 */
public record Activation(Function function, double number) implements Operator {

  /** The nonlinearities, named as in PyTorch. */
  public enum Function {
    /** {@code max(x, 0)}. */
    RELU("ReLU"),
    /** {@code min(max(x, 0), 6)}. */
    RELU6("ReLU6"),
    /** {@code x} above 0, {@code slope * x} below. */
    LEAKY_RELU("LeakyReLU"),
    /** {@code x} above 0, {@code alpha * (exp(x) - 1)} below. */
    ELU("ELU"),
    /** ELU with the constants that normalize themselves: Klambauer et al. 2017. */
    SELU("SELU"),
    /** {@code x * Phi(x)}: Hendrycks and Gimpel 2016. */
    GELU("GELU"),
    /** {@code x * sigmoid(beta * x)}. */
    SWISH("Swish"),
    /** {@code 1 / (1 + exp(-x))}. */
    SIGMOID("Sigmoid"),
    /** The hyperbolic tangent. */
    TANH("Tanh"),
    /** {@code log(1 + exp(x))}. */
    SOFTPLUS("Softplus"),
    /** {@code x / (1 + |x|)}. */
    SOFTSIGN("Softsign"),
    /** Exponentials divided by their sum. */
    SOFTMAX("Softmax"),
    /** The logarithm of the softmax. */
    LOG_SOFTMAX("LogSoftmax"),
    /**
     * +1 for 0 and above, else -1; the gradient passes where {@code |x| <= 1}: M. Courbariaux et
     * al., "Binarized Neural Networks", 2016, equation 4.
     */
    SIGN("Sign"),
    /**
     * The nearest of {@code 2^bits} evenly spaced numbers in [0, 1]; the gradient passes there: S.
     * Zhou et al., "DoReFa-Net", 2016, equation 11.
     */
    DOREFA("DoReFa");

    private final String title;

    Function(String title) {
      this.title = title;
    }

    /**
     * Tells whether a large part of the outputs is exactly 0.
     *
     * @return true for ReLU and ReLU6
     */
    public boolean zeroes() {
      return this == RELU || this == RELU6;
    }

    @Override
    public String toString() {
      return title;
    }
  }

  /**
   * A nonlinearity without a number.
   *
   * @param function which one
   */
  public Activation(Function function) {
    this(function, 0);
  }

  @Override
  public String word() {
    String word = function.toString().toLowerCase(Locale.ROOT);
    return function == Function.RELU6 ? word + "_" : word;
  }

  @Override
  public NDArray run(List<NDArray> inputs, Binding binding) {
    NDArray input = inputs.get(0);
    NDArrayEx engine = input.getNDArrayInternal();
    return switch (function) {
      case RELU -> engine.relu();
      case RELU6 -> ai.djl.nn.Activation.relu6(input);
      case LEAKY_RELU -> engine.leakyRelu((float) number);
      case ELU -> engine.elu((float) number);
      case SELU -> engine.selu();
      case GELU -> engine.gelu();
      case SWISH -> engine.swish((float) number);
      case SIGMOID -> engine.sigmoid();
      case TANH -> input.tanh();
      case SOFTPLUS -> engine.softPlus();
      case SOFTSIGN -> engine.softSign();
      case SOFTMAX -> input.softmax((int) number);
      case LOG_SOFTMAX -> input.logSoftmax((int) number);
      case SIGN -> DiscreteScript.sign().apply(input);
      case DOREFA -> DiscreteScript.rounding((1 << (int) number) - 1).apply(input);
    };
  }

  @Override
  public String toString() {
    return switch (function) {
      case LEAKY_RELU, ELU, SWISH -> "%s(%s)".formatted(function, (float) number);
      case SOFTMAX, LOG_SOFTMAX -> "%s(axis %d)".formatted(function, (int) number);
      case DOREFA -> "%s(%d bits)".formatted(function, (int) number);
      default -> function.toString();
    };
  }
}
