package kerf.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import java.util.List;
import kerf.tensor.Scope;
import kerf.tensor.Script;
import kerf.tensor.Value;
import org.junit.jupiter.api.Test;

class StructureTest {
  /** How far apart in memory the first and the last element are, plus one. */
  private static final Script SCRIPT =
      Script.compile(
          """
          def held(self: __torch__.Kerf, x: Tensor) -> Tensor:
            held = torch.ones([1])
            sizes = torch.size(x)
            strides = torch.stride(x)
            for _0 in range(torch.len(sizes)):
              _1 = torch.add_(held, torch.mul(torch.sub(sizes[_0], 1), strides[_0]))
            return held
          """);

  private static double held(Block block) {
    double sum = 0;
    try (Scope scope = Scope.open()) {
      NDArray neighbour = scope.zeros(1);
      for (Parameter parameter : block.getParameters().values()) {
        try (Value array = Value.of(parameter.getArray());
            Value found = SCRIPT.call("held", array)) {
          sum += found.array(neighbour).getFloat();
        }
      }
    }
    return sum;
  }

  /** A structure lives as long as the process, so fifty widths would add up. */
  @Test
  void blocksHoldOneNumberAParameterHoweverLarge() {
    List<Architecture> architectures =
        List.of(
            new Lenet300100(),
            new Lenet5(),
            new CharLstm(16),
            new CifarResnet(20),
            Mlp.of(784, 500, 10),
            Mlp.of(784, 1000, 10));
    for (Architecture architecture : architectures) {
      Block block = architecture.structure().block();
      assertThat(held(block)).as(architecture.describe()).isEqualTo(block.getParameters().size());
    }
  }

  @Test
  void aBlockThatIsTakenTwiceIsTheSameNetworkTwice() {
    Block block = SmallNets.fc(3);
    Network first = Network.of(block, 2);
    Network second = Network.of(block, 2);

    assertThat(second.weights("fc1")).containsExactly(first.weights("fc1"));
    assertThat(first.weights("fc1")).doesNotContain(0);
  }

  @Test
  void theOutputsShapeIsKnown() {
    assertThat(new Lenet5().structure().outputShape()).containsExactly(10);
    assertThat(new CharLstm(4).structure().outputShape()).containsExactly(64, 65);
  }
}
