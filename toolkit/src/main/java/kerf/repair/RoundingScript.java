package kerf.repair;

import kerf.tensor.Script;

/**
 * The arithmetic of adaptive rounding, in one call to the engine for each layer.
 *
 * <p>The loss of a layer is a product of matrices and its gradient is written out, so nothing is
 * recorded. Weights are {@code (groups, outputs / groups, filter)}; inputs are rows of {@code
 * (groups, rows, filter)}: what a filter sees at one position.
 */
final class RoundingScript {
  static final Script SCRIPT =
      Script.compile(
          """
          def patches(self: __torch__.Kerf, x: Tensor, at: Tensor, kernel: List[int], dilation: List[int], padding: List[int], stride: List[int], groups: List[int]) -> Tensor:
            columns = torch.index_select(torch.im2col(x, kernel, dilation, padding, stride), 2, at)
            n = torch.size(columns, 0)
            p = torch.size(columns, 2)
            k = torch.floordiv(torch.size(columns, 1), groups[0])
            return torch.reshape(torch.permute(torch.reshape(columns, [n, groups[0], k, p]), [1, 0, 3, 2]), [groups[0], torch.mul(n, p), k])
          def targets(self: __torch__.Kerf, y: Tensor, at: Tensor, groups: List[int]) -> Tensor:
            columns = torch.index_select(torch.flatten(y, 2), 2, at)
            n = torch.size(columns, 0)
            p = torch.size(columns, 2)
            k = torch.floordiv(torch.size(columns, 1), groups[0])
            return torch.reshape(torch.permute(torch.reshape(columns, [n, groups[0], k, p]), [1, 0, 3, 2]), [groups[0], torch.mul(n, p), k])
          def rows(self: __torch__.Kerf, x: Tensor) -> Tensor:
            return torch.unsqueeze(x, 0)
          def joined(self: __torch__.Kerf, parts: List[Tensor]) -> Tensor:
            return torch.cat(parts, 1)
          def outputs(self: __torch__.Kerf, rows: Tensor, weight: Tensor, bias: Tensor, rectified: float) -> Tensor:
            y = torch.baddbmm(bias, rows, torch.transpose(weight, 1, 2))
            if torch.gt(rectified, 0.):
              y = torch.relu(y)
            return y
          def error(self: __torch__.Kerf, rows: Tensor, targets: Tensor, weight: Tensor, bias: Tensor, rectified: float) -> Tensor:
            wanted = targets
            if torch.gt(rectified, 0.):
              wanted = torch.relu(targets)
            found = self.outputs(rows, weight, bias, rectified)
            error = torch.sum(torch.square(torch.sub(found, wanted)))
            return torch.div(error, torch.clamp_min(torch.sum(torch.square(wanted)), 9.9999999999999995e-31))
          def round(self: __torch__.Kerf, rows: Tensor, targets: Tensor, weight: Tensor, scale: Tensor, zero: Tensor, bias: Tensor, index: Tensor, least: float, greatest: float, rectified: float, rate: float, strength: float, warm: float) -> Tensor:
            steps = torch.size(index, 0)
            batch = torch.size(index, 1)
            grid = torch.add(torch.div(weight, scale), zero)
            low = torch.floor(grid)
            rest = torch.sub(grid, low)
            free = torch.to(torch.ne(weight, 0), 6)
            v = torch.neg(torch.log(torch.sub(torch.mul(torch.reciprocal(torch.add(rest, 0.10000000000000001)), 1.2), 1.)))
            wanted = targets
            if torch.gt(rectified, 0.):
              wanted = torch.relu(targets)
            power = torch.unsqueeze(torch.mean(torch.square(rows), 1), 1)
            cost = torch.clamp_min(torch.mean(torch.mul(torch.square(scale), power)), 9.9999999999999995e-31)
            unit = torch.div(torch.reciprocal(cost), torch.div(float(batch), 2.))
            m = torch.zeros_like(v)
            s = torch.zeros_like(v)
            for t in range(steps):
              at = torch.select(index, 0, t)
              x = torch.index_select(rows, 1, at)
              sigmoid = torch.sigmoid(v)
              stretched = torch.sub(torch.mul(sigmoid, 1.2), 0.10000000000000001)
              h = torch.clamp(stretched, 0., 1.)
              q = torch.clamp(torch.add(low, h), least, greatest)
              y = self.outputs(x, torch.mul(torch.sub(q, zero), scale), bias, rectified)
              d = torch.sub(y, torch.index_select(wanted, 1, at))
              if torch.gt(rectified, 0.):
                d = torch.mul(d, torch.to(torch.gt(y, 0), 6))
              g = torch.mul(torch.mul(torch.bmm(torch.transpose(d, 1, 2), x), unit), scale)
              part = torch.div(float(t), float(steps))
              if torch.ge(part, warm):
                done = torch.div(torch.sub(part, warm), torch.sub(1., warm))
                beta = torch.add(2., torch.mul(9., torch.add(1., torch.cos(torch.mul(done, 3.1415926535897931)))))
                centred = torch.sub(torch.mul(h, 2.), 1.)
                slope = torch.mul(torch.sign(centred), torch.pow(torch.abs(centred), torch.sub(beta, 1.)))
                g = torch.sub(g, torch.mul(slope, torch.mul(torch.mul(2., beta), strength)))
              inside = torch.mul(torch.to(torch.gt(stretched, 0.), 6), torch.to(torch.lt(stretched, 1.), 6))
              inside = torch.mul(inside, free)
              g = torch.mul(torch.mul(g, inside), torch.mul(torch.mul(sigmoid, torch.rsub(sigmoid, 1.)), 1.2))
              m = torch.add(torch.mul(m, 0.90000000000000002), torch.mul(g, 0.10000000000000001))
              s = torch.add(torch.mul(s, 0.999), torch.mul(torch.square(g), 0.001))
              first = torch.sub(1., torch.pow(0.90000000000000002, torch.add(t, 1)))
              second = torch.sub(1., torch.pow(0.999, torch.add(t, 1)))
              move = torch.div(torch.div(m, first), torch.add(torch.sqrt(torch.div(s, second)), 1e-08))
              v = torch.sub(v, torch.mul(move, rate))
            up = torch.to(torch.ge(torch.sigmoid(v), 0.5), 6)
            q = torch.clamp(torch.add(low, torch.mul(up, free)), least, greatest)
            return torch.mul(torch.sub(q, zero), scale)
          """);

  private RoundingScript() {}
}
