package kerf.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TruthTableTest {
  @Test
  void theLastInputChangesFastest() {
    Dataset xor = Datasets.xor();

    assertThat(xor.train().inputs()).containsExactly(0, 0, 0, 1, 1, 0, 1, 1);
    assertThat(xor.train().labels()).containsExactly(0, 1, 1, 0);
    assertThat(xor.inputShape()).containsExactly(1, 1, 2);
    assertThat(xor.classes()).isEqualTo(2);
  }

  @Test
  void thereIsNothingToHoldOut() {
    Dataset xor = Datasets.xor();

    assertThat(xor.validation().labels()).containsExactly(xor.train().labels());
    assertThat(xor.test().labels()).containsExactly(xor.train().labels());
    assertThat(xor).hasToString("xor(validation=train, unitRange)");
  }

  @Test
  void ofAnyNumberOfInputs() {
    Dataset parity = Datasets.truthTable("parity", 0, 1, 1, 0, 1, 0, 0, 1);

    assertThat(parity.train().size()).isEqualTo(8);
    assertThat(parity.inputShape()).containsExactly(1, 1, 3);
    assertThat(parity.train().image(5)[0]).containsExactly(1, 0, 1);
  }

  @Test
  void refusesTablesThatAreNone() {
    assertThatThrownBy(() -> Datasets.truthTable("odd", 0, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a truth table of n inputs has 2^n values, found 3; xor has 0, 1, 1, 0");
    assertThatThrownBy(() -> Datasets.truthTable("odd", 0, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a truth table holds 0 and 1, found 2 at position 1");
  }
}
