package kerf.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptTest {

  @Test
  void writesIntoItsArguments() {
    Script script =
        Script.compile(
            """
            def scale(self: __torch__.Kerf, arrays: List[Tensor], at: List[int], by: float) -> NoneType:
              for _0 in range(torch.len(at)):
                _1 = torch.mul_(arrays[at[_0]], by)
              return None
            """);
    try (Scope scope = Scope.open()) {
      NDArray first = scope.tensor(new float[] {1, 2}, 2);
      NDArray second = scope.tensor(new float[] {3, 4}, 2);
      try (Value arrays = Value.of(List.of(first, second));
          Value at = Value.of(new long[] {1});
          Value by = Value.of(0.5)) {
        script.call("scale", arrays, at, by).close();
        script.call("scale", arrays, at, by).close();
      }
      assertThat(Scope.floats(first)).containsExactly(1, 2);
      assertThat(Scope.floats(second)).containsExactly(0.75f, 1);
    }
  }

  @Test
  void namesTheLineThatDoesNotCompile() {
    assertThatThrownBy(
            () ->
                Script.compile(
                    """
                    def wrong(self: __torch__.Kerf, x: Tensor) -> Tensor:
                      return torch.no_such_operator(x)
                    """))
        .hasMessageContaining("no_such_operator");
  }
}
