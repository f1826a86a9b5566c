package kerf.criterion;

import java.util.Map;
import java.util.Set;
import kerf.argument.Argument;
import kerf.curvature.Coordinates;
import kerf.curvature.Hessian;
import kerf.training.Loss;

/**
 * The second derivative of the mean loss over the data by each weight: the diagonal of the Hessian.
 *
 * @param loss the loss the network was trained with
 * @param form how it is taken
 */
public record SecondDerivatives(Loss loss, Form form) implements Evidence<float[]> {
  /** How second derivatives are taken. */
  public enum Form {
    /** The Gauss-Newton part, never negative; for networks of any size. */
    GAUSS_NEWTON,
    /** All of it, by differences of gradients; for small networks. */
    EXACT
  }

  /**
   * Checks that there is a choice.
   *
   * @param loss the loss the network was trained with
   * @param form how it is taken
   */
  public SecondDerivatives {
    Argument.require("loss", loss);
    Argument.require("form", form);
  }

  @Override
  public String name() {
    return "second derivatives";
  }

  @Override
  public Set<Need> needs() {
    return Set.of(Need.DATA);
  }

  @Override
  public Map<String, float[]> find(Subject subject) {
    Hessian hessian = Hessian.of(subject.network(), subject.data(), loss);
    return Coordinates.of(subject.network())
        .byLayer(form == Form.EXACT ? hessian.exactDiagonal() : hessian.gaussNewtonDiagonal());
  }
}
