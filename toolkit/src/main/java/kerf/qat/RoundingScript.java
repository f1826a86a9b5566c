package kerf.qat;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import kerf.scheme.IntegerFormat;
import kerf.scheme.Mapping;
import kerf.scheme.Spread;
import kerf.tensor.RecordedFunction;

/**
 * Fake quantization while training, in a few passes over memory that the engine does in vectors.
 *
 * <p>Values and gradients are bit for bit those of {@code torch.fused_moving_avg_obs_fake_quant},
 * whose own loops go number by number: of an activation of 700,000 numbers that takes it six times
 * as long. Scales and zero points are still chosen by the engine's operator, from the extremes
 * alone.
 *
 * <p>The gradient must be 1 where the rounded integer is on the grid, edges included, and else 0.
 * So the integers are written into a copy behind the recorder's back, and what is recorded is
 * {@code hardtanh} of them, with ends half a step beyond the grid's.
 */
final class RoundingScript {
  private static final Map<List<Object>, RecordedFunction> COMPILED = new ConcurrentHashMap<>();

  /** Overwrites {@code r}, which is the caller's own copy and contiguous. */
  private static final String ROUND =
      """
      def onto(self: __torch__.Kerf, r: Tensor, scale: Tensor, zero: Tensor) -> Tensor:
        d = torch.reshape(torch.detach(r), [{rows}, -1])
        _0 = torch.mul_(d, torch.reciprocal(scale))
        _1 = torch.add_(torch.round_(d), zero)
        y = torch.hardtanh(r, {least} - 0.5, {greatest} + 0.5)
        e = torch.reshape(torch.detach(y), [{rows}, -1])
        _2 = torch.clamp_(e, {least}, {greatest})
        _3 = torch.mul_(torch.sub_(e, zero), scale)
        return y
      """;

  /** For a symmetric grid that the largest magnitude just reaches: nothing is clipped. */
  private static final String ROUND_INSIDE =
      """
      def onto(self: __torch__.Kerf, r: Tensor, scale: Tensor, zero: Tensor) -> Tensor:
        d = torch.reshape(torch.detach(r), [{rows}, -1])
        _0 = torch.mul_(d, torch.reciprocal(scale))
        _1 = torch.mul_(torch.round_(d), scale)
        return r
      """;

  /**
   * Moves the averages by what is seen and chooses scales: the engine's operator, let loose on the
   * two extremes of each row in place of all its numbers.
   */
  private static final String CHOOSE =
      """
      def choose(self: __torch__.Kerf, seen: Tensor, held: Tensor) -> Tuple[Tensor, Tensor]:
        on = torch.ones([1], dtype=4)
        scale = torch.ones([{rows}])
        zero = torch.zeros([{rows}], dtype=3)
        _0 = torch.fused_moving_avg_obs_fake_quant(seen, on, on, torch.select(held, 0, 0), torch.select(held, 0, 1), scale, zero, {constant}, {least}, {greatest}, 0, True, {symmetric})
        return (torch.reshape(scale, [{rows}, 1]), torch.reshape(torch.to(zero, 6), [{rows}, 1]))
      """;

  /**
   * While training: sees the batch unless observers are frozen, and rounds unless delayed. Where a
   * number is none any more it passes on what it gets and leaves the range alone, so that a
   * training that diverges shows it in its loss, as one of floats does.
   */
  private static final String ACTIVATIONS =
      """
      def rounded(self: __torch__.Kerf, x: Tensor, seen: Tensor, span: Tensor, frozen: Tensor) -> Tensor:
        if bool(torch.all(torch.eq(span, 0.))):
          _0 = torch.copy_(torch.reshape(span, [2]), seen)
        scale, zero = (self).choose(torch.reshape(seen, [1, 2]), span)
        if torch.ne(float(torch.select(frozen, 0, 1)), 0.) or bool(torch.all(torch.eq(span, 0.))):
          y = x
        else:
          y = (self).onto(torch.clone(x, memory_format=0), scale, zero)
        return y
      def forward(self: __torch__.Kerf, x: Tensor, span: Tensor, frozen: Tensor) -> Tensor:
        if torch.eq(float(torch.select(frozen, 0, 0)), 0.):
          least, greatest = torch.aminmax(torch.detach(x))
          seen = torch.stack([least, greatest])
        else:
          seen = torch.clone(torch.reshape(span, [2]))
        if bool(torch.all(torch.isfinite(seen))):
          y = (self).rounded(x, seen, span, frozen)
        else:
          y = x
        return y
      """;

  /** In inference: by the ranges there are; what was never seen passes as it is. */
  private static final String ACTIVATIONS_HELD =
      """
      def forward(self: __torch__.Kerf, x: Tensor, span: Tensor, frozen: Tensor) -> Tensor:
        if torch.ne(float(torch.select(frozen, 0, 1)), 0.) or bool(torch.all(torch.eq(span, 0.))):
          y = x
        else:
          held = torch.clone(span)
          scale, zero = (self).choose(torch.reshape(torch.clone(span), [1, 2]), held)
          y = (self).onto(torch.clone(x, memory_format=0), scale, zero)
        return y
      """;

  /** The formula of {@link IntegerFormat#params}. */
  private static final String SYMMETRIC =
      """
        scale = torch.clamp(torch.div(torch.maximum(torch.neg(low), high), {half}), {smallest})
        zero = torch.full_like(scale, {middle})
      """;

  private static final String AFFINE =
      """
        below = torch.clamp(low, None, 0.)
        above = torch.clamp(high, 0.)
        scale = torch.clamp(torch.div(torch.sub(above, below), {levels}), {smallest})
        zero = torch.clamp(torch.rsub(torch.round(torch.div(below, scale)), {least}), {least}, {greatest})
      """;

  /** While training a running range moves unless it is frozen; in inference it never does. */
  private static final String MOVING =
      """
        observing = torch.eq(float(torch.select(frozen, 0, 0)), 0.)
      """;

  private static final String MOVED =
      """
        now = torch.cat([low, high], 1)
        if observing:
          held = span
        else:
          held = torch.clone(span)
        if bool(torch.all(torch.eq(held, 0.))):
          _1 = torch.copy_(held, torch.t(now))
        if observing:
          seen = now
        else:
          seen = torch.clone(torch.t(held), memory_format=0)
        scale, zero = (self).choose(seen, held)
      """;

  private RoundingScript() {}

  /**
   * Activations by a running range: {@code (x, range of shape (2, 1), switches)}.
   *
   * @param format one scale a tensor
   * @param constant the weight of a new batch
   * @param training whether ranges move
   */
  static RecordedFunction activations(IntegerFormat format, double constant, boolean training) {
    return compiled(
        List.of(format, constant, training),
        () ->
            filled(
                ROUND + CHOOSE + (training ? ACTIVATIONS : ACTIVATIONS_HELD), format, 1, constant));
  }

  /**
   * Weights, folded if there is batch normalization behind: {@code (w)}, {@code (w, gamma,
   * variance)}, with a running range {@code (..., range of shape (2, rows), switches)}.
   */
  static RecordedFunction weights(
      IntegerFormat format, Shape shape, WeightRange range, Optional<Fold> fold, boolean training) {
    return compiled(
        List.of(format, shape, range, fold, training),
        () -> weightsText(format, shape, range, fold, training));
  }

  private static String weightsText(
      IntegerFormat format, Shape shape, WeightRange range, Optional<Fold> fold, boolean training) {
    boolean inside =
        range instanceof WeightRange.Current
            && format.mapping() == Mapping.SYMMETRIC
            && format.min() == -format.max();
    StringBuilder arguments = new StringBuilder("self: __torch__.Kerf, w: Tensor");
    StringBuilder body = new StringBuilder();
    if (fold.isPresent()) {
      arguments.append(", gamma: Tensor, variance: Tensor");
      body.append(factor(fold.get(), shape)).append("  r = torch.mul(w, factor)\n");
    } else {
      body.append("  r = torch.clone(w, memory_format=0)\n");
    }
    body.append(
        """
          d = torch.reshape(torch.detach(r), [{rows}, -1])
          low = torch.amin(d, [1], True)
          high = torch.amax(d, [1], True)
        """);
    if (range instanceof WeightRange.Current) {
      body.append(format.mapping() == Mapping.SYMMETRIC ? SYMMETRIC : AFFINE);
    } else {
      arguments.append(", span: Tensor, frozen: Tensor");
      body.append(training ? MOVING : "  observing = False\n").append(MOVED);
    }
    body.append("  y = (self).onto(r, scale, zero)\n");
    body.append(fold.isPresent() ? "  return torch.div(y, factor)\n" : "  return y\n");
    String text =
        (inside ? ROUND_INSIDE : ROUND)
            + (range instanceof WeightRange.Current ? "" : CHOOSE)
            + "def forward(%s) -> Tensor:\n".formatted(arguments)
            + body;
    return filled(text, format, rows(format, shape), range.constant());
  }

  /** What batch normalization will multiply each output channel's weights by; 1 in place of 0. */
  static String factor(Fold fold, Shape shape) {
    return """
             ratio = torch.div(gamma, torch.sqrt(torch.add(variance, %s)))
             whole = torch.where(torch.eq(ratio, 0.), torch.ones_like(ratio), ratio)
             factor = torch.reshape(whole, [-1%s])
           """
        .formatted(decimal(fold.epsilon()), ", 1".repeat(shape.dimension() - 1));
  }

  /** How many parts of a weight have scales of their own. */
  static long rows(IntegerFormat format, Shape shape) {
    return format.spread() instanceof Spread.PerTensor ? 1 : shape.get(0);
  }

  private static String filled(String text, IntegerFormat format, long rows, double constant) {
    return text.replace("{least} - 0.5", Double.toString(format.min() - 0.5))
        .replace("{greatest} + 0.5", Double.toString(format.max() + 0.5))
        .replace("{least}", Integer.toString(format.min()))
        .replace("{greatest}", Integer.toString(format.max()))
        .replace("{middle}", Integer.toString(format.zero()))
        .replace("{levels}", decimal(format.max() - (double) format.min()))
        .replace("{half}", decimal((format.max() - (double) format.min()) / 2))
        .replace("{smallest}", decimal(IntegerFormat.LEAST_SCALE))
        .replace("{rows}", Long.toString(rows))
        .replace("{constant}", decimal(constant))
        .replace("{symmetric}", format.mapping() == Mapping.SYMMETRIC ? "True" : "False");
  }

  /**
   * A function that is compiled once.
   *
   * @param what all that its text depends on; the text is only made when it is new
   */
  static RecordedFunction compiled(List<Object> what, Supplier<String> text) {
    RecordedFunction found = COMPILED.get(what);
    return found != null
        ? found
        : COMPILED.computeIfAbsent(what, w -> RecordedFunction.compile(text.get()));
  }

  static String decimal(double number) {
    return String.format(Locale.ROOT, "%.17e", number);
  }
}
