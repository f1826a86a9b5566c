package kerf.trace;

import java.util.concurrent.ConcurrentHashMap;
import kerf.tensor.RecordedFunction;

/**
 * Activations of few values, with the gradient of what they round. The values are written into a
 * copy behind the recorder's back, so that the gradient is that of the copy.
 */
final class DiscreteScript {
  private static final ConcurrentHashMap<Integer, RecordedFunction> ROUNDING =
      new ConcurrentHashMap<>();

  /** What {@code hardtanh} says of its ends is 0; the paper's gradient is 1 there. */
  private static final class Sign {
    static final RecordedFunction FUNCTION =
        RecordedFunction.compile(
            """
            def forward(self: __torch__.Kerf, x: Tensor) -> Tensor:
              d = torch.detach(x)
              inside = torch.to(torch.le(torch.abs(d), 1.), 6)
              y = torch.mul(x, inside)
              sign = torch.sub(torch.mul(torch.to(torch.ge(d, 0.), 6), 2.), 1.)
              _0 = torch.copy_(torch.detach(y), sign)
              return y
            """);
  }

  private DiscreteScript() {}

  static RecordedFunction sign() {
    return Sign.FUNCTION;
  }

  /** The nearest of the numbers {@code i / steps} in [0, 1]. */
  static RecordedFunction rounding(int steps) {
    return ROUNDING.computeIfAbsent(
        steps,
        count ->
            RecordedFunction.compile(
                """
                def forward(self: __torch__.Kerf, x: Tensor) -> Tensor:
                  d = torch.detach(x)
                  clipped = torch.clamp(d, 0., 1.)
                  inside = torch.to(torch.eq(clipped, d), 6)
                  y = torch.mul(x, inside)
                  rounded = torch.div(torch.round(torch.mul(clipped, %1$d.)), %1$d.)
                  _0 = torch.copy_(torch.detach(y), rounded)
                  return y
                """
                    .formatted(count)));
  }
}
