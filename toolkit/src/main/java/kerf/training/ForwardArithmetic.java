package kerf.training;

import ai.djl.ndarray.NDArray;
import kerf.tensor.Scope;
import kerf.tensor.Script;
import kerf.tensor.Value;

/** The arithmetic of a loss that is computed forwards and differentiated by the engine. */
@FunctionalInterface
interface ForwardArithmetic extends Loss.Arithmetic {
  /** {@code gradients} ends the history of the loss; {@code measure} needs none. */
  Script SCRIPT =
      Script.compile(
          LossScript.CLASSES
              + """
              def gradients(self: __torch__.Kerf, loss: Tensor, params: List[Tensor], sum: Tensor) -> List[Tensor]:
                _0 = torch.add_(sum, torch.sum(torch.detach(loss)))
                found = torch.autograd.grad([loss], params)
                grads = annotate(List[Tensor], [])
                for _1 in range(torch.len(found)):
                  _2 = torch.append(grads, torch._unwrap_optional(found[_1]))
                return grads
              def measure(self: __torch__.Kerf, loss: Tensor, outputs: Tensor, labels: Tensor, sums: Tensor) -> NoneType:
                right = torch.sum(torch.eq((self).classes((self).last(outputs)), labels))
                total = torch.mul(torch.to(torch.sum(loss), 7), torch.size(labels, 0))
                _0 = torch.add_(sums, torch.stack([total, torch.to(right, 7)]))
                return None
              """);

  /** The mean loss of a batch, one number; recorded where the caller records. */
  NDArray loss(Batch batch);

  @Override
  default Value gradients(Batch batch, Value parameters, Value sum) {
    NDArray loss = Scope.recording(() -> loss(batch));
    try (Value recorded = Value.of(loss)) {
      return SCRIPT.call("gradients", recorded, parameters, sum);
    } catch (RuntimeException e) {
      if (String.valueOf(e.getMessage()).contains("does not require grad")) {
        throw new IllegalArgumentException(
            "a loss must be computed from the outputs by operators that have a derivative, found one that the engine could not follow back to them, such as argMax, a comparison or toFloatArray",
            e);
      }
      throw e;
    }
  }

  @Override
  default void measure(Batch batch, Value sums) {
    try (Value loss = Value.of(loss(batch))) {
      SCRIPT.call("measure", loss, batch.outputs(), batch.labels(), sums).close();
    }
  }
}
