package kerf.quantization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import java.util.stream.IntStream;
import kerf.random.RandomStream;
import kerf.scheme.IntegerFormat;
import kerf.scheme.QuantParams;
import kerf.scheme.Quantizer;
import kerf.tensor.Scope;
import kerf.tensor.Script;
import kerf.tensor.Value;
import org.junit.jupiter.api.Test;

class FakeQuantizeTest {
  private static final Script GRADIENT =
      Script.compile(
          """
          def gradient(self: __torch__.Kerf, y: Tensor, x: Tensor) -> Tensor:
            _0 = torch.autograd.grad([y], [x], annotate(List[Optional[Tensor]], [torch.ones_like(y)]))
            return torch._unwrap_optional(_0[0])
          """);

  private static final float[] X = RandomStream.of(5, "fake").gaussians(600, 1.5f);

  @Test
  void oneScaleIsThePureJavaArithmeticForwardAndBackward() {
    Quantizer quantizer = IntegerFormat.unsigned(8).quantizer(new QuantParams(0.013f, 117));

    sameAsComposed(quantizer, 600);
  }

  @Test
  void aScaleEachChannelIsThePureJavaArithmeticForwardAndBackward() {
    Quantizer quantizer =
        IntegerFormat.signed(3)
            .symmetric()
            .perChannel()
            .quantizer(
                IntStream.rangeClosed(1, 6)
                    .mapToObj(i -> new QuantParams(i / 5f, 0))
                    .toArray(QuantParams[]::new));

    sameAsComposed(quantizer, 6, 10, 10);
  }

  private static void sameAsComposed(Quantizer quantizer, long... shape) {
    float[] scales = new float[quantizer.params().size()];
    float[] zeros = new float[scales.length];
    for (int i = 0; i < scales.length; i++) {
      scales[i] = quantizer.params().get(i).scale();
      zeros[i] = quantizer.params().get(i).zeroPoint();
    }
    try (Scope scope = Scope.open()) {
      NDArray x = scope.tensor(X, shape);
      NDArray scale = scope.tensor(scales, scales.length);
      NDArray zero = scope.tensor(zeros, zeros.length);
      x.setRequiresGradient(true);
      NDArray y =
          Scope.recording(() -> FakeQuantize.apply(x, scale, zero, quantizer.format()).mul(2));
      try (Value out = Value.of(y);
          Value in = Value.of(x);
          Value by = GRADIENT.call("gradient", out, in)) {
        boolean[] inside = quantizer.inRange(X, shape);
        float[] gradient = new float[X.length];
        IntStream.range(0, X.length).forEach(i -> gradient[i] = inside[i] ? 2 : 0);
        assertThat(Scope.floats(by.array(x))).containsExactly(gradient);
        assertThat(Scope.floats(y.div(2))).containsExactly(quantizer.fake(X, shape));
      }
    }
  }

  @Test
  void scalesPerGroupAreRefused() {
    try (Scope scope = Scope.open()) {
      NDArray x = scope.tensor(X, 6, 100);

      assertThatThrownBy(
              () -> FakeQuantize.apply(x, x, x, IntegerFormat.signed(4).symmetric().perGroup(32)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "the engine's fake quantization has one scale a tensor or a channel, found int4 [-8,"
                  + " 7] symmetric per group of 32; call perChannel()");
    }
  }
}
