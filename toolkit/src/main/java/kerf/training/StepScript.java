package kerf.training;

import kerf.tensor.Script;

/**
 * The arithmetic of a training step behind its loss, in one call to the engine for each of its
 * parts.
 *
 * <p>The optimizers are PyTorch's fused kernels, one pass over each parameter. A masked gradient
 * leaves momentum and moments of a pruned weight at 0; the multiplication after the step holds by
 * construction whatever the optimizer does.
 */
final class StepScript {
  static final Script SCRIPT =
      Script.compile(
          """
          def gather(self: __torch__.Kerf, images: Tensor, labels: Tensor, index: Tensor, x: Tensor, y: Tensor) -> NoneType:
            _0 = torch.index_select(images, 0, index, out=x)
            _1 = torch.index_select(labels, 0, index, out=y)
            return None
          def mask(self: __torch__.Kerf, arrays: List[Tensor], masked: List[int], masks: List[Tensor]) -> NoneType:
            for _0 in range(torch.len(masks)):
              _1 = torch.mul_(arrays[masked[_0]], masks[_0])
            return None
          def clip(self: __torch__.Kerf, grads: List[Tensor], most: float) -> NoneType:
            norms = torch._foreach_norm(grads, 2)
            factor = torch.clamp(torch.mul(torch.reciprocal(torch.add(torch.linalg_vector_norm(torch.stack(norms)), 1e-6)), most), None, 1.)
            torch._foreach_mul_(grads, factor)
            return None
          def write(self: __torch__.Kerf, array: Tensor, values: Tensor) -> NoneType:
            _0 = torch.copy_(array, values)
            return None
          def fill(self: __torch__.Kerf, arrays: List[Tensor], value: float) -> NoneType:
            for _0 in range(torch.len(arrays)):
              _1 = torch.fill_(arrays[_0], value)
            return None
          def sgd(self: __torch__.Kerf, params: List[Tensor], grads: List[Tensor], steps: List[Tensor], rate: float, decay: float) -> NoneType:
            nothing = annotate(List[Tensor], [])
            torch._fused_sgd_(params, grads, nothing, weight_decay=decay, momentum=0., lr=rate, dampening=0., nesterov=False, maximize=False, is_first_step=False)
            return None
          def sgd_momentum(self: __torch__.Kerf, params: List[Tensor], grads: List[Tensor], steps: List[Tensor], v: List[Tensor], rate: float, decay: float, momentum: float) -> NoneType:
            torch._fused_sgd_(params, grads, v, weight_decay=decay, momentum=momentum, lr=rate, dampening=0., nesterov=False, maximize=False, is_first_step=False)
            return None
          def sgd_nesterov(self: __torch__.Kerf, params: List[Tensor], grads: List[Tensor], steps: List[Tensor], v: List[Tensor], rate: float, decay: float, momentum: float) -> NoneType:
            torch._fused_sgd_(params, grads, v, weight_decay=decay, momentum=momentum, lr=rate, dampening=0., nesterov=True, maximize=False, is_first_step=False)
            return None
          def adam(self: __torch__.Kerf, params: List[Tensor], grads: List[Tensor], steps: List[Tensor], m: List[Tensor], v: List[Tensor], rate: float, beta1: float, beta2: float, decay: float, epsilon: float) -> NoneType:
            nothing = annotate(List[Tensor], [])
            torch._foreach_add_(steps, 1)
            torch._fused_adam_(params, grads, m, v, nothing, steps, lr=rate, beta1=beta1, beta2=beta2, weight_decay=decay, eps=epsilon, amsgrad=False, maximize=False)
            return None
          """);

  private StepScript() {}
}
