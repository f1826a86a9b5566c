package kerf.criterion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import kerf.granularity.Norm;
import org.junit.jupiter.api.Test;

class CriterionTest {
  private static final LayerWeights LAYER =
      new LayerWeights("fc1", new long[] {2, 2}, new float[] {1, -2, 0, -0.5f});

  @Test
  void magnitudeForgetsTheSign() {
    assertThat(Criterion.magnitude().scores(LAYER)).containsExactly(1, 2, 0, 0.5f);
    assertThat(LAYER.values()).as("weights stay").containsExactly(1, -2, 0, -0.5f);
  }

  @Test
  void magnitudeOfGroupsIsTheirSumUnlessToldOtherwise() {
    assertThat(Criterion.magnitude().norm()).isEqualTo(Norm.L1);
    assertThat(Criterion.magnitude(Norm.L2).norm()).isEqualTo(Norm.L2);
  }

  @Test
  void randomScoresDependOnSeedAndNameAlone() {
    LayerWeights other = new LayerWeights("fc2", LAYER.shape(), LAYER.values());
    LayerWeights zeros = new LayerWeights("fc1", LAYER.shape(), new float[4]);
    float[] scores = Criterion.random(1).scores(LAYER);

    assertThat(scores).containsExactly(Criterion.random(1).scores(zeros));
    assertThat(scores).isNotEqualTo(Criterion.random(2).scores(LAYER));
    assertThat(scores).isNotEqualTo(Criterion.random(1).scores(other));
  }

  @Test
  void randomScoresDoNotPreferAnyWeight() {
    int[] smallest = new int[4];
    for (int seed = 0; seed < 4000; seed++) {
      float[] scores = Criterion.random(seed).scores(LAYER);
      float[] sorted = scores.clone();
      Arrays.sort(sorted);
      smallest[Arrays.asList(scores[0], scores[1], scores[2], scores[3]).indexOf(sorted[0])]++;
    }

    // Four standard deviations of a binomial (4000, 1/4) are 110.
    assertThat(Arrays.stream(smallest)).allSatisfy(n -> assertThat(n).isBetween(890, 1110));
  }

  @Test
  void aLambdaIsACriterion() {
    Criterion negated =
        layer -> {
          float[] scores = layer.values().clone();
          for (int i = 0; i < scores.length; i++) {
            scores[i] = -scores[i];
          }
          return scores;
        };

    assertThat(negated.scores(LAYER)).containsExactly(-1, 2, -0f, 0.5f);
    assertThat(negated.norm()).isEqualTo(Norm.L1);
  }

  @Test
  void aNameIsTheIdentityOfAnOwnCriterion() {
    Criterion values = Criterion.named("values", LayerWeights::values);

    assertThat(values)
        .isEqualTo(Criterion.named("values", layer -> new float[4]))
        .hasSameHashCodeAs(Criterion.named("values", layer -> new float[4]))
        .isNotEqualTo(Criterion.named("other", LayerWeights::values))
        .hasToString("values");
    assertThat(values.scores(LAYER)).containsExactly(1, -2, 0, -0.5f);
    assertThat(Criterion.named("l2", Criterion.magnitude(Norm.L2)).norm()).isEqualTo(Norm.L2);
  }

  @Test
  void refusesABlankName() {
    assertThatThrownBy(() -> Criterion.named(" ", LayerWeights::values))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("name of a criterion must not be blank, found \" \"");
  }

  @Test
  void refusesAnotherNumberOfWeights() {
    assertThatThrownBy(() -> new LayerWeights("fc1", new long[] {2, 3}, new float[5]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("fc1 has shape 2×3, that is 6 weights, found 5");
  }
}
