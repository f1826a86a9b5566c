package kerf.curvature;

import kerf.tensor.Script;

/**
 * The arithmetic of second derivatives, in double precision.
 *
 * <p>{@code rows} and {@code squares} walk the recorded graph backwards once for each seed, a row
 * of derivatives by the outputs. {@code fold} is the Sherman-Morrison recursion for several rows at
 * a time (Woodbury): with C the inverse so far and B the rows, {@code C - C Bᵀ (I + B C Bᵀ)⁻¹ B C}.
 */
final class CurvatureScript {
  static final Script SCRIPT =
      Script.compile(
          """
          def nudge(self: __torch__.Kerf, parameter: Tensor, place: List[int], by: float) -> NoneType:
            _0 = torch.add_(torch.select(torch.view(parameter, [-1]), 0, place[0]), by)
            return None
          def move(self: __torch__.Kerf, params: List[Tensor], flat: Tensor, by: float) -> NoneType:
            at = 0
            for _0 in range(torch.len(params)):
              end = torch.add(at, torch.numel(params[_0]))
              _1 = torch.add_(torch.view(params[_0], [-1]), torch.slice(flat, 0, at, end), alpha=by)
              at = end
            return None
          def flatten(self: __torch__.Kerf, arrays: List[Tensor], to: Tensor) -> NoneType:
            flat = annotate(List[Tensor], [])
            for _0 in range(torch.len(arrays)):
              _1 = torch.append(flat, torch.flatten(arrays[_0]))
            _2 = torch.copy_(to, torch.cat(flat))
            return None
          def rows(self: __torch__.Kerf, outputs: Tensor, params: List[Tensor], seeds: Tensor, to: Tensor) -> NoneType:
            for _0 in range(torch.size(seeds, 0)):
              seed = torch.slice(seeds, 0, _0, torch.add(_0, 1))
              down = annotate(List[Optional[Tensor]], [seed])
              found = torch.autograd.grad([outputs], params, down, True)
              flat = annotate(List[Tensor], [])
              for _1 in range(torch.len(found)):
                _2 = torch.append(flat, torch.flatten(torch._unwrap_optional(found[_1])))
              _3 = torch.copy_(torch.select(to, 0, _0), torch.cat(flat))
            return None
          def squares(self: __torch__.Kerf, outputs: Tensor, params: List[Tensor], seeds: Tensor, sums: List[Tensor]) -> NoneType:
            for _0 in range(torch.size(seeds, 0)):
              seed = torch.slice(seeds, 0, _0, torch.add(_0, 1))
              down = annotate(List[Optional[Tensor]], [seed])
              found = torch.autograd.grad([outputs], params, down, True)
              for _1 in range(torch.len(found)):
                g = torch._unwrap_optional(found[_1])
                _2 = torch.addcmul_(sums[_1], g, g)
            return None
          def fold(self: __torch__.Kerf, inverse: Tensor, rows: Tensor, kept: Tensor) -> NoneType:
            b = torch.index_select(rows, 1, kept)
            bc = torch.matmul(b, inverse)
            s = torch.matmul(bc, torch.t(b))
            _0 = torch.add_(torch.diagonal(s), 1.)
            _1 = torch.addmm_(inverse, torch.t(bc), torch.linalg_solve(s, bc), beta=1., alpha=-1.)
            return None
          """);

  private CurvatureScript() {}
}
