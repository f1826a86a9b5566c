package kerf.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SeedsTest {
  @Test
  void numbersAreAveraged() {
    assertThat(Seeds.mean(List.of(1L, 2L, 6L), seed -> 2.0 * seed)).isEqualTo(6);
  }

  @Test
  void whiskersAreExplainedOnlyWhereThereAreSome() {
    assertThat(Seeds.caption(List.of(7L))).isEqualTo("1 seed");
    assertThat(Seeds.caption(List.of(7L, 8L))).isEqualTo("2 seeds, whiskers least to greatest");
  }
}
