package kerf.qat;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import kerf.tensor.RecordedFunction;

/** Weights as the centroids of their labels, 0 where the weight is 0. */
final class SharedScript {
  private SharedScript() {}

  /**
   * The weights: {@code (w, centroids, labels)} or {@code (w, centroids, labels, gamma, variance)}.
   */
  static RecordedFunction weights(Shape shape, Optional<Fold> fold) {
    return RoundingScript.compiled(List.of("shared", shape, fold), () -> text(shape, fold));
  }

  private static String text(Shape shape, Optional<Fold> fold) {
    return """
        def forward(self: __torch__.Kerf, w: Tensor, centroids: Tensor, labels: Tensor%s) -> Tensor:
          index = torch.reshape(torch.to(labels, 4), [-1])
          shared = torch.reshape(torch.index_select(centroids, 0, index), torch.size(w))
          zero = torch.eq(torch.detach(w), 0.)
          kept = torch.masked_fill(shared, zero, 0.)
        %s  return torch.add(back, torch.mul(w, 0.))
        """
        .formatted(
            fold.isPresent() ? ", gamma: Tensor, variance: Tensor" : "",
            fold.map(
                    norm ->
                        RoundingScript.factor(norm, shape) + "  back = torch.div(kept, factor)\n")
                // An unused parameter would have no gradient.
                .orElse("  back = kept\n"));
  }
}
