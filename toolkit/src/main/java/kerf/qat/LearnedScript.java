package kerf.qat;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import kerf.scheme.IntegerFormat;
import kerf.scheme.Learned;
import kerf.tensor.RecordedFunction;

/**
 * Fake quantization with trained scales: S. Esser et al., "Learned Step Size Quantization", ICLR
 * 2020, by the engine's {@code _fake_quantize_learnable_per_channel_affine}; {@link Learned} is its
 * arithmetic. Scales are kept at 2<sup>-23</sup> and above, as in PyTorch's {@code
 * _LearnableFakeQuantize}.
 */
final class LearnedScript {
  private LearnedScript() {}

  /** Weights: {@code (w, steps)} or {@code (w, gamma, variance, steps)}. */
  static RecordedFunction weights(IntegerFormat format, Shape shape, Optional<Fold> fold) {
    return RoundingScript.compiled(
        List.of("learned", format, shape, fold), () -> weightsText(format, shape, fold));
  }

  private static String weightsText(IntegerFormat format, Shape shape, Optional<Fold> fold) {
    long rows = RoundingScript.rows(format, shape);
    return """
        def forward(self: __torch__.Kerf, w: Tensor, %ssteps: Tensor) -> Tensor:
        %s  r = torch.reshape(scaled, [%d, -1])
          _0 = torch.clamp_(torch.detach(steps), %s)
          zeros = torch.zeros([%d])
          y = torch._fake_quantize_learnable_per_channel_affine(r, steps, zeros, 0, %d, %d, %s)
          back = torch.reshape(y, torch.size(w))
          return %s
        """
        .formatted(
            fold.isPresent() ? "gamma: Tensor, variance: Tensor, " : "",
            fold.map(
                    norm ->
                        RoundingScript.factor(norm, shape) + "  scaled = torch.mul(w, factor)\n")
                .orElse("  scaled = w\n"),
            rows,
            RoundingScript.decimal(IntegerFormat.LEAST_SCALE),
            rows,
            format.min(),
            format.max(),
            RoundingScript.decimal(
                Learned.lsqFactor(Math.toIntExact(shape.size() / rows), format.max())),
            fold.isPresent() ? "torch.div(back, factor)" : "back");
  }

  /**
   * Activations: {@code (x, step, zero, switches)}. The first batch in training sets step and zero
   * point: 2 mean|x| / sqrt(greatest integer) where no number is negative, else by the range.
   *
   * @param size the numbers of a sample
   */
  static RecordedFunction activations(IntegerFormat format, long size, boolean training) {
    return RoundingScript.compiled(
        List.of("learned", format, size, training), () -> activationsText(format, size, training));
  }

  private static String activationsText(IntegerFormat format, long size, boolean training) {
    String start =
        """
          if bool(torch.eq(torch.select(step, 0, 0), 0.)):
            d = torch.detach(x)
            least, greatest = torch.aminmax(d)
            if bool(torch.ge(least, 0.)) and {least} >= 0:
              first = torch.div(torch.mul(torch.mean(d), 2.), {root})
            else:
              below = torch.clamp(least, None, 0.)
              first = torch.div(torch.sub(torch.clamp(greatest, 0.), below), {levels})
              point = torch.clamp(torch.rsub(torch.round(torch.div(below, torch.clamp(first, {smallest}))), {least}), {least}, {greatest})
              _1 = torch.copy_(zero, torch.reshape(point, [1]))
            _0 = torch.copy_(torch.detach(step), torch.reshape(first, [1]))
          _2 = torch.clamp_(torch.detach(step), {smallest})
        """;
    return """
        def forward(self: __torch__.Kerf, x: Tensor, step: Tensor, zero: Tensor, switches: Tensor) -> Tensor:
        {start}  if torch.ne(float(torch.select(switches, 0, 1)), 0.) or bool(torch.eq(torch.select(step, 0, 0), 0.)):
            y = {idle}
          else:
            y = torch._fake_quantize_learnable_per_tensor_affine(x, step, zero, {least}, {greatest}, {factor})
          return y
        """
        .replace("{start}", training ? start : "")
        // An unused parameter would have no gradient.
        .replace("{idle}", training ? "torch.add(x, torch.mul(step, 0.))" : "x")
        .replace("{root}", RoundingScript.decimal(Math.sqrt(format.max())))
        .replace(
            "{factor}",
            RoundingScript.decimal(Learned.lsqFactor(Math.toIntExact(size), format.max())))
        .replace("{least}", Integer.toString(format.min()))
        .replace("{greatest}", Integer.toString(format.max()))
        .replace("{levels}", RoundingScript.decimal(format.max() - (double) format.min()))
        .replace("{smallest}", RoundingScript.decimal(IntegerFormat.LEAST_SCALE));
  }
}
