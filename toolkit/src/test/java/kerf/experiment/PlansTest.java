package kerf.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import kerf.data.Datasets;
import kerf.model.CifarResnet;
import kerf.model.Lenet5;
import org.junit.jupiter.api.Test;

class PlansTest {
  @Test
  void numbersGoOneWayBetweenTheEnds() {
    assertThat(Plans.monotone(List.of(8, 4, 2), 9, 1)).isTrue();
    assertThat(Plans.monotone(List.of(0.5, 1.0, 1e9), 0, Double.POSITIVE_INFINITY)).isTrue();
    assertThat(Plans.monotone(List.of(), 9, 1)).isFalse();
    assertThat(Plans.monotone(List.of(4, 8), 9, 1)).isFalse();
    assertThat(Plans.monotone(List.of(4, 4), 9, 1)).isFalse();
    assertThat(Plans.monotone(List.of(9, 4), 9, 1)).isFalse();
    assertThat(Plans.monotone(List.of(4, 1), 9, 1)).isFalse();
    assertThat(Plans.monotone(List.of(0.7, Double.NaN), 1, 0)).isFalse();
  }

  @Test
  void layersAreFittedToTheDataWhereTheyCanBe() {
    assertThat(Plans.fitted(new CifarResnet(8), Datasets.digits()))
        .isEqualTo(new CifarResnet(8).input(1, 8, 8));
    assertThat(Plans.fitted(new Lenet5(), Datasets.digits())).isEqualTo(new Lenet5());
  }

  @Test
  void namesAreFoundOrListed() {
    assertThat(Plans.named("length", Length.values(), " quick ")).isEqualTo(Length.QUICK);
    assertThatThrownBy(() -> Plans.named("length", Length.values(), "long"))
        .hasMessage("length must be one of smoke; quick; standard; full, found 'long'");
  }
}
