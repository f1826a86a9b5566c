package kerf.qat;

import java.util.List;
import kerf.scheme.BinaryFormat;
import kerf.scheme.DorefaFormat;
import kerf.scheme.LowBitFormat;
import kerf.scheme.TernaryFormat;
import kerf.tensor.RecordedFunction;

/**
 * Weights of few values while training. The values are written into a copy behind the recorder's
 * back, so that the gradient is that of the copy: what each paper says of latent weights.
 */
final class LowBitScript {
  private static final String SIGNS =
      """
      def signs(self: __torch__.Kerf, d: Tensor) -> Tensor:
        return torch.sub(torch.mul(torch.to(torch.ge(d, 0.), 6), 2.), 1.)
      """;

  /** Latent weights beyond 1 could no longer change their sign, so they are clipped. */
  private static final String CLIP =
      """
        _0 = torch.clamp_(torch.detach(w), -1., 1.)
      """;

  private static final String BINARY_CONNECT =
      SIGNS
          + """
      def forward(self: __torch__.Kerf, w: Tensor) -> Tensor:
      {clip}  y = torch.clone(w, memory_format=0)
        _1 = torch.copy_(torch.detach(y), (self).signs(torch.detach(w)))
        return y
      """;

  private static final String STOCHASTIC =
      """
      def forward(self: __torch__.Kerf, w: Tensor, uniform: Tensor) -> Tensor:
      {clip}  y = torch.clone(w, memory_format=0)
        probability = torch.clamp(torch.div(torch.add(torch.detach(w), 1.), 2.), 0., 1.)
        above = torch.to(torch.lt(uniform, probability), 6)
        _1 = torch.copy_(torch.detach(y), torch.sub(torch.mul(above, 2.), 1.))
        return y
      """;

  /** XNOR-Net, section 3.1: {@code g (1/n + 1[|w| <= 1] alpha)}. */
  private static final String XNOR =
      SIGNS
          + """
      def forward(self: __torch__.Kerf, w: Tensor) -> Tensor:
        d = torch.reshape(torch.detach(w), [torch.size(w, 0), -1])
        size = torch.abs(d)
        alpha = torch.mean(size, [1], True)
        inside = torch.mul(torch.to(torch.le(size, 1.), 6), alpha)
        factor = torch.add(inside, torch.div(1., float(torch.size(d, 1))))
        y = torch.mul(w, torch.reshape(factor, torch.size(w)))
        signs = torch.mul((self).signs(d), alpha)
        _0 = torch.copy_(torch.detach(y), torch.reshape(signs, torch.size(w)))
        return y
      """;

  private static final String TERNARY =
      """
      def forward(self: __torch__.Kerf, w: Tensor) -> Tensor:
        d = torch.detach(w)
        size = torch.abs(d)
        kept = torch.to(torch.gt(size, torch.mul(torch.mean(size), {threshold})), 6)
        alpha = torch.div(torch.sum(torch.mul(size, kept)), torch.clamp(torch.sum(kept), 1.))
        y = torch.clone(w, memory_format=0)
        _0 = torch.copy_(torch.detach(y), torch.mul(torch.mul(torch.sign(d), kept), alpha))
        return y
      """;

  /** Gradients of both levels, and of latent weights scaled by the level they stand for. */
  private static final String TRAINED_TERNARY =
      """
      def forward(self: __torch__.Kerf, w: Tensor, levels: Tensor) -> Tensor:
        d = torch.detach(w)
        delta = torch.mul(torch.max(torch.abs(d)), {threshold})
        above = torch.to(torch.gt(d, delta), 6)
        below = torch.to(torch.lt(d, torch.neg(delta)), 6)
        zero = torch.rsub(torch.add(above, below), 1.)
        high = torch.select(levels, 0, 0)
        low = torch.select(levels, 0, 1)
        values = torch.sub(torch.mul(above, high), torch.mul(below, low))
        factor = torch.add(torch.add(torch.mul(above, torch.detach(high)), torch.mul(below, torch.detach(low))), zero)
        y = torch.add(torch.mul(w, factor), values)
        _0 = torch.copy_(torch.detach(y), torch.detach(values))
        return y
      """;

  private static final String DOREFA_SIGN =
      SIGNS
          + """
      def forward(self: __torch__.Kerf, w: Tensor) -> Tensor:
        d = torch.detach(w)
        y = torch.clone(w, memory_format=0)
        _0 = torch.copy_(torch.detach(y), torch.mul((self).signs(d), torch.mean(torch.abs(d))))
        return y
      """;

  private static final String DOREFA =
      """
      def forward(self: __torch__.Kerf, w: Tensor) -> Tensor:
        t = torch.tanh(w)
        d = torch.detach(t)
        largest = torch.clamp(torch.max(torch.abs(d)), 1e-30)
        y = torch.div(t, largest)
        share = torch.add(torch.div(d, torch.mul(largest, 2.)), 0.5)
        rounded = torch.div(torch.round(torch.mul(share, {steps})), {steps})
        _0 = torch.copy_(torch.detach(y), torch.sub(torch.mul(rounded, 2.), 1.))
        return y
      """;

  private LowBitScript() {}

  /**
   * Weights of few values: {@code (w)}; {@code (w, levels)} for trained levels, positive and
   * negative; {@code (w, uniform)} for drawn signs, in training alone.
   *
   * @param format which values
   * @param training whether signs are drawn and latent weights clipped
   */
  static RecordedFunction weights(LowBitFormat format, boolean training) {
    return RoundingScript.compiled(
        List.of("low bits", format, training), () -> text(format, training));
  }

  /** Whether the weights need numbers drawn at random. */
  static boolean draws(LowBitFormat format, boolean training) {
    return training && format instanceof BinaryFormat binary && binary.draws();
  }

  private static String text(LowBitFormat format, boolean training) {
    if (format instanceof BinaryFormat binary) {
      if (binary.scaling() == BinaryFormat.Scaling.CHANNEL) {
        return XNOR;
      }
      String text = draws(format, training) ? STOCHASTIC : BINARY_CONNECT;
      return text.replace("{clip}", training ? CLIP : "");
    }
    if (format instanceof TernaryFormat ternary) {
      return (ternary.trains() ? TRAINED_TERNARY : TERNARY)
          .replace("{threshold}", RoundingScript.decimal(ternary.threshold()));
    }
    DorefaFormat dorefa = (DorefaFormat) format;
    return dorefa.bits() == 1
        ? DOREFA_SIGN
        : DOREFA.replace("{steps}", RoundingScript.decimal(dorefa.steps()));
  }
}
