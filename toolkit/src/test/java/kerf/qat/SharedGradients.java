package kerf.qat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;
import kerf.sharing.Clustering;
import kerf.tensor.RecordedFunction;
import kerf.tensor.Scope;
import kerf.tensor.Script;
import kerf.tensor.Value;

/** The gradients of centroids, as a shared layer finds them. */
public final class SharedGradients {
  private static final Script SCRIPT =
      Script.compile(
          """
          def gradients(self: __torch__.Kerf, y: Tensor, x: Tensor, by: Tensor) -> Tensor:
            found = torch.autograd.grad([y], [x], annotate(List[Optional[Tensor]], [by]))
            return torch._unwrap_optional(found[0])
          """);

  private SharedGradients() {}

  /** By the gradients of weights that share the values of clusters. */
  public static float[] of(Clustering clusters, float[] weights, float... gradients) {
    int[] labels = clusters.labels();
    float[] used = new float[labels.length];
    for (int i = 0; i < used.length; i++) {
      used[i] = Math.max(0, labels[i]);
    }
    RecordedFunction function = SharedScript.weights(new Shape(used.length), Optional.empty());
    try (Scope scope = Scope.open()) {
      NDArray w = scope.tensor(weights, used.length);
      NDArray centroids = scope.tensor(clusters.centroids(), clusters.centroids().length);
      centroids.setRequiresGradient(true);
      NDArray index = scope.tensor(used, used.length);
      NDArray y = Scope.recording(() -> function.apply(w, centroids, index));
      try (Value out = Value.of(y);
          Value in = Value.of(centroids);
          Value by = Value.of(scope.tensor(gradients, used.length));
          Value found = SCRIPT.call("gradients", out, in, by)) {
        return Scope.floats(found.array(w));
      }
    }
  }
}
