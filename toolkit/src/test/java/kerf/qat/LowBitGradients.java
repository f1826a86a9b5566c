package kerf.qat;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import kerf.scheme.LowBitFormat;
import kerf.tensor.RecordedFunction;
import kerf.tensor.Scope;
import kerf.tensor.Script;
import kerf.tensor.Value;

/** Values of latent weights and their gradients, as a layer of low bits finds them. */
public final class LowBitGradients {
  private static final Script SCRIPT =
      Script.compile(
          """
          def gradients(self: __torch__.Kerf, y: Tensor, x: List[Tensor], by: Tensor) -> List[Tensor]:
            found = torch.autograd.grad([y], x, annotate(List[Optional[Tensor]], [by]))
            grads = annotate(List[Tensor], [])
            for _2 in range(torch.len(found)):
              _3 = torch.append(grads, torch._unwrap_optional(found[_2]))
            return grads
          def gradient(self: __torch__.Kerf, y: Tensor, x: List[Tensor], by: Tensor, number: List[int]) -> Tensor:
            return (self).gradients(y, x, by)[number[0]]
          """);

  private LowBitGradients() {}

  /**
   * What came out.
   *
   * @param values the values that the layer computes with
   * @param latent the gradient by the latent weights
   * @param levels the gradient by trained levels; empty without
   * @param after the latent weights afterwards: in training they may have been clipped
   */
  public record Result(float[] values, float[] latent, float[] levels, float[] after) {}

  /**
   * In training, down given gradients by the values; {@code others} are levels or drawn numbers.
   */
  public static Result of(
      LowBitFormat format, float[] weights, long[] shape, float[] gradients, float... others) {
    boolean levels = others.length > 0 && others.length == 2 && !LowBitScript.draws(format, true);
    try (Scope scope = Scope.open()) {
      List<NDArray> by = new ArrayList<>();
      NDArray w = scope.tensor(weights, shape);
      w.setRequiresGradient(true);
      by.add(w);
      List<NDArray> arguments = new ArrayList<>(List.of(w));
      if (others.length > 0) {
        NDArray other = levels ? scope.tensor(others, 2) : scope.tensor(others, shape);
        other.setRequiresGradient(levels);
        arguments.add(other);
        if (levels) {
          by.add(other);
        }
      }
      RecordedFunction function = LowBitScript.weights(format, true);
      float[] latent = null;
      float[] second = new float[0];
      float[] values = null;
      for (int i = 0; i < by.size(); i++) {
        NDArray y = Scope.recording(() -> function.apply(arguments.toArray(NDArray[]::new)));
        values = Scope.floats(y);
        float[] found = gradient(scope, y, by, i, gradients, shape);
        if (i == 0) {
          latent = found;
        } else {
          second = found;
        }
      }
      return new Result(values, latent, second, Scope.floats(w));
    }
  }

  private static float[] gradient(
      Scope scope, NDArray y, List<NDArray> by, int number, float[] gradients, long... shape) {
    try (Value out = Value.of(y);
        Value in = Value.of(by);
        Value down = Value.of(scope.tensor(gradients, shape));
        Value at = Value.of(new long[] {number});
        Value found = SCRIPT.call("gradient", out, in, down, at)) {
      return Scope.floats(found.array(y));
    }
  }
}
