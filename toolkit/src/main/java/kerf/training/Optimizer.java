package kerf.training;

import java.util.ArrayList;
import java.util.List;
import kerf.argument.Argument;
import kerf.tensor.Value;

/**
 * How a step follows from gradients.
 *
 * <p>A record is the specification; what it remembers between steps (momentum, moments) lives in
 * the training's {@link OptimizerState}, one array of the parameter's shape for each of {@link
 * #slots}.
 */
public sealed interface Optimizer permits Sgd, Adam, Clipped {

  /**
   * Gives the learning rate on which a {@link LearningRate} works.
   *
   * @return above 0
   */
  double rate();

  /**
   * Names what is remembered for each parameter.
   *
   * @return such as {@code momentum}; empty for plain SGD
   */
  List<String> slots();

  /**
   * Names the function of {@code optimizer.py} that takes the step.
   *
   * @return the function
   */
  String function();

  /**
   * Lists the function's arguments behind parameters, gradients and the state.
   *
   * @param rate the learning rate of this step
   * @return numbers, in the function's order
   */
  List<Value> arguments(double rate);

  /**
   * Gives the norm that gradients are scaled down to before the step.
   *
   * @return above 0; infinite if they are taken as they are
   */
  default double norm() {
    return Double.POSITIVE_INFINITY;
  }

  /**
   * Scales gradients down where their norm, of all parameters together, is greater: {@code
   * torch.nn.utils.clip_grad_norm_}. A single steep place then cannot throw a network away.
   *
   * @param most the greatest norm of a step's gradients, above 0
   * @return such an optimizer
   */
  default Optimizer clipNorm(double most) {
    return new Clipped(this, most);
  }

  /**
   * Wraps numbers for a script.
   *
   * @param numbers the numbers
   * @return one value each
   */
  static List<Value> values(double... numbers) {
    Argument.require("numbers", numbers);
    List<Value> values = new ArrayList<>();
    for (double number : numbers) {
      values.add(Value.of(number));
    }
    return values;
  }

  /**
   * Checks a number.
   *
   * @param name what it is called
   * @param value the number
   * @param low the least allowed
   * @param below what it must stay below
   */
  static void require(String name, double value, double low, double below) {
    Argument.require("name", name);
    if (!(value >= low && value < below)) {
      throw new IllegalArgumentException(
          "%s must be %s, found %s".formatted(name, range(low, below), value));
    }
  }

  private static String range(double low, double below) {
    if (below == Double.POSITIVE_INFINITY) {
      return low == 0 ? "0 or more and finite" : "above 0 and finite";
    }
    return "in [%s, %s)".formatted(low, below);
  }
}
