package kerf.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import org.junit.jupiter.api.Test;

class RecordedFunctionTest {
  private static final Script GRADIENT =
      Script.compile(
          """
          def gradient(self: __torch__.Kerf, y: Tensor, x: Tensor) -> Tensor:
            _0 = torch.autograd.grad([y], [x], annotate(List[Optional[Tensor]], [torch.ones_like(y)]))
            return torch._unwrap_optional(_0[0])
          """);

  @Test
  void gradientsFlowThroughIt() {
    RecordedFunction fake =
        RecordedFunction.compile(
            """
            def forward(self: __torch__.Kerf, x: Tensor, scale: Tensor) -> Tensor:
              return torch.fake_quantize_per_tensor_affine(x, scale, torch.zeros([1], dtype=3), -128, 127)
            """);
    try (Scope scope = Scope.open()) {
      NDArray x = scope.tensor(new float[] {-1.285f, -1.30f, 1.2749f, 1.2751f}, 4);
      NDArray scale = scope.tensor(new float[] {0.01f}, 1);
      x.setRequiresGradient(true);
      NDArray y = Scope.recording(() -> fake.apply(x, scale).mul(3));
      try (Value out = Value.of(y);
          Value in = Value.of(x);
          Value by = GRADIENT.call("gradient", out, in)) {
        assertThat(Scope.floats(by.array(x))).containsExactly(3, 0, 3, 0);
      }
    }
  }
}
