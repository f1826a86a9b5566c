package kerf.trace;

import ai.djl.ndarray.NDArray;
import java.util.List;
import kerf.tensor.Scope;
import kerf.tensor.Script;
import kerf.tensor.Value;

/** Outputs of an activation, and its gradient down a given one. */
public final class ActivationGradients {
  private static final Script SCRIPT =
      Script.compile(
          """
          def gradients(self: __torch__.Kerf, y: Tensor, x: Tensor, by: Tensor) -> Tensor:
            found = torch.autograd.grad([y], [x], annotate(List[Optional[Tensor]], [by]))
            return torch._unwrap_optional(found[0])
          """);

  private ActivationGradients() {}

  /** The outputs. */
  public static float[] outputs(Activation.Function function, double number, float... inputs) {
    try (Scope scope = Scope.open()) {
      NDArray x = scope.tensor(inputs, inputs.length);
      return Scope.floats(new Activation(function, number).run(List.of(x), null));
    }
  }

  /** The gradient by the inputs. */
  public static float[] of(
      Activation.Function function, double number, float[] inputs, float... down) {
    try (Scope scope = Scope.open()) {
      NDArray x = scope.tensor(inputs, inputs.length);
      x.setRequiresGradient(true);
      Activation activation = new Activation(function, number);
      NDArray y = Scope.recording(() -> activation.run(List.of(x), null));
      try (Value out = Value.of(y);
          Value in = Value.of(x);
          Value by = Value.of(scope.tensor(down, inputs.length));
          Value found = SCRIPT.call("gradients", out, in, by)) {
        return Scope.floats(found.array(x));
      }
    }
  }
}
