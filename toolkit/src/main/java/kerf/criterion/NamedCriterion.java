package kerf.criterion;

import java.util.Set;
import kerf.argument.Argument;
import kerf.granularity.Groups;
import kerf.granularity.Norm;

/**
 * A criterion that is known by its name alone: equal names are equal criteria.
 *
 * @param name the name
 * @param criterion what scores
 */
record NamedCriterion(String name, Criterion criterion) implements Criterion {
  NamedCriterion {
    Argument.require("criterion", criterion);
    if (name.isBlank()) {
      throw new IllegalArgumentException(
          "name of a criterion must not be blank, found \"" + name + "\"");
    }
  }

  @Override
  public float[] scores(LayerWeights layer) {
    return criterion.scores(layer);
  }

  @Override
  public Set<Evidence<?>> needs() {
    return criterion.needs();
  }

  @Override
  public Norm norm() {
    return criterion.norm();
  }

  @Override
  public float[] groupScores(LayerWeights layer, Groups groups, float[] scores) {
    return criterion.groupScores(layer, groups, scores);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NamedCriterion that && name.equals(that.name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public String toString() {
    return name;
  }
}
