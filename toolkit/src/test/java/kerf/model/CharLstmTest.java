package kerf.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import kerf.tensor.Scope;
import kerf.trace.Graph;
import kerf.trace.Node;
import org.junit.jupiter.api.Test;

class CharLstmTest {
  @Test
  void itsGraph() {
    Graph graph = Graph.of(new CharLstm(128));
    assertThat(graph.nodes())
        .extracting(Node::toString)
        .containsExactly(
            "input = Input() -> 1×1×64",
            "flatten1 = Flatten(input) -> 64",
            "onehot1 = OneHot(65)(flatten1) -> 64×65",
            "lstm1 = LSTM(65→128)(onehot1) -> 64×128",
            "fc1 = Linear(128→65)(lstm1) -> 64×65");
  }

  @Test
  void theGraphComputesTheSame() {
    Network network = new CharLstm(8).length(5).layers(2).initialize(3);
    Graph graph = Graph.of(network);
    Network twin =
        new Network(
            graph.architecture("twin", new Initialization.GlorotNormal()), network.rawValues());
    float[] characters = {0, 64, 3, 3, 17, 1, 2, 3, 4, 5};
    try (Scope scope = Scope.open()) {
      float[] own =
          Scope.floats(
              new Session(scope, network, null)
                  .forward(scope.tensor(characters, 2, 1, 1, 5), false));
      float[] traced =
          Scope.floats(
              new Session(scope, twin, null).forward(scope.tensor(characters, 2, 1, 1, 5), false));
      assertThat(own).hasSize(2 * 5 * 65).isEqualTo(traced);
    }
  }

  @Test
  void sizesAreChecked() {
    assertThat(new CharLstm(128).layers(2).length(32).describe())
        .isEqualTo("charLstm(65 characters, 2×128, windows of 32, glorotNormal)");
    assertThatThrownBy(() -> new CharLstm(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "charLstm needs 2 or more characters and at least 1 of the rest, found 65 characters, windows of 64, 0 units, 1 layers");
  }
}
