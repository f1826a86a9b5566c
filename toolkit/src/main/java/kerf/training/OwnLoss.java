package kerf.training;

import ai.djl.ndarray.NDArray;
import kerf.argument.Argument;
import kerf.tensor.Scope;

/**
 * A loss of one's own, as an expression over DJL arrays that the engine differentiates.
 *
 * <pre>{@code
 * new OwnLoss("brier", (outputs, labels) ->
 *     outputs.softmax(1).sub(labels.oneHot(10)).square().mean())
 * }</pre>
 *
 * @param name by which tables, logs and saved runs know it
 * @param expression the mean loss of a batch
 */
public record OwnLoss(String name, LossExpression expression) implements Loss {

  /**
   * Checks that there is a name.
   *
   * @param name by which tables, logs and saved runs know it
   * @param expression the mean loss of a batch
   */
  public OwnLoss {
    Argument.require("name", name);
    Argument.require("expression", expression);
    if (name.isBlank()) {
      throw new IllegalArgumentException(
          "a loss of one's own needs a name, by which tables and saved runs know it, found '%s'; write loss(\"brier\", ...)"
              .formatted(name));
    }
  }

  @Override
  public Arithmetic arithmetic(Scope scope) {
    return (ForwardArithmetic)
        batch -> {
          NDArray outputs = batch.outputs().array(batch.inputs());
          NDArray loss = expression.of(outputs, batch.labels().array(batch.inputs()));
          return require(loss);
        };
  }

  private NDArray require(NDArray loss) {
    if (loss == null || loss.size() != 1) {
      throw new IllegalArgumentException(
          "%s must give one number, the mean over the batch, found %s; end the expression in .mean()"
              .formatted(this, loss == null ? null : "shape " + loss.getShape()));
    }
    return loss;
  }

  /** Losses of one name are equal: an expression cannot be compared. */
  @Override
  public boolean equals(Object other) {
    return other instanceof OwnLoss loss && name.equals(loss.name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public String toString() {
    return "loss(%s)".formatted(name);
  }
}
