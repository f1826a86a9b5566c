package kerf.quantization;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import kerf.argument.Argument;
import kerf.scheme.IntegerFormat;
import kerf.scheme.QuantParams;
import kerf.scheme.Quantizer;
import kerf.scheme.Spread;
import kerf.tensor.RecordedFunction;
import kerf.tensor.Scope;
import kerf.trace.Binding;
import kerf.trace.OwnOperator;

/**
 * Rounds activations to a grid and goes on in floats, with the values and gradients of {@code
 * torch.fake_quantize_per_tensor_affine} and {@code _per_channel_affine}, bit for bit. The gradient
 * is 1 where the rounded integer is on the grid, else 0.
 *
 * @param quantizer format, scales and zero points; one scale a tensor
 */
public record FakeQuantize(Quantizer quantizer) implements OwnOperator {
  private static final Map<IntegerFormat, RecordedFunction> COMPILED = new ConcurrentHashMap<>();

  /**
   * One scale a tensor, in passes that the engine does in vectors, where its own operator goes
   * number by number. The integers are written into a copy behind the recorder's back; what is
   * recorded is {@code hardtanh} of them, whose gradient is 1 between its ends, here half a step
   * beyond the grid's.
   */
  private static final String IN_VECTORS =
      """
      def forward(self: __torch__.Kerf, x: Tensor, scale: Tensor, zero: Tensor) -> Tensor:
        r = torch.clone(x, memory_format=0)
        d = torch.detach(r)
        _0 = torch.mul_(d, torch.reciprocal(scale))
        _1 = torch.add_(torch.round_(d), zero)
        y = torch.hardtanh(r, {low}, {high})
        e = torch.detach(y)
        _2 = torch.clamp_(e, {min}, {max})
        _3 = torch.mul_(torch.sub_(e, zero), scale)
        return y
      """;

  /**
   * Checks the spread.
   *
   * @param quantizer format, scales and zero points; one scale a tensor
   */
  public FakeQuantize {
    Argument.require("quantizer", quantizer);
    if (!(quantizer.format().spread() instanceof Spread.PerTensor)) {
      throw new IllegalArgumentException(
          "activations share one scale a tensor, found %s; call perTensor()"
              .formatted(quantizer.format()));
    }
  }

  /**
   * Fake-quantizes an array, recorded for gradients where the caller records.
   *
   * @param x any array of float32
   * @param scales an array of one scale, or one a channel, of float32
   * @param zeroPoints as many zero points, of float32, whole numbers on the grid
   * @param format the grid; one scale a tensor or one a channel
   * @return an array of x's shape, in the scope of x
   * @throws IllegalArgumentException if scales are per group
   */
  public static NDArray apply(NDArray x, NDArray scales, NDArray zeroPoints, IntegerFormat format) {
    return COMPILED
        .computeIfAbsent(format, grid -> RecordedFunction.compile(text(grid)))
        .apply(x, scales, zeroPoints);
  }

  private static String text(IntegerFormat format) {
    String head =
        """
        def forward(self: __torch__.Kerf, x: Tensor, scale: Tensor, zero: Tensor) -> Tensor:
          point = torch.to(zero, 3)
        """;
    if (format.spread() instanceof Spread.PerChannel channels) {
      return head
          + "  return torch.fake_quantize_per_channel_affine(x, scale, point, %d, %d, %d)\n"
              .formatted(channels.axis(), format.min(), format.max());
    }
    if (format.spread() instanceof Spread.PerTensor) {
      return IN_VECTORS
          .replace("{low}", Double.toString(format.min() - 0.5))
          .replace("{high}", Double.toString(format.max() + 0.5))
          .replace("{min}", Integer.toString(format.min()))
          .replace("{max}", Integer.toString(format.max()));
    }
    throw new IllegalArgumentException(
        "the engine's fake quantization has one scale a tensor or a channel, found %s; call perChannel()"
            .formatted(format));
  }

  @Override
  public String word() {
    return "fakequantize";
  }

  @Override
  public NDArray run(List<NDArray> inputs, Binding binding) {
    NDArray x = inputs.get(0);
    QuantParams params = quantizer.params().get(0);
    NDArray scale = Scope.vectorBeside(x, params.scale());
    NDArray zero = Scope.vectorBeside(x, params.zeroPoint());
    return apply(x, scale, zero, quantizer.format());
  }

  @Override
  public String toString() {
    QuantParams params = quantizer.params().get(0);
    return "FakeQuantize(%s, scale %s, zero point %d)"
        .formatted(quantizer.format(), params.scale(), params.zeroPoint());
  }
}
