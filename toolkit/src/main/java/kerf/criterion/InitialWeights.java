package kerf.criterion;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import kerf.granularity.Shape;
import kerf.model.Network;

/** The weights before training, a number a weight. */
public record InitialWeights() implements Evidence<float[]> {
  @Override
  public String name() {
    return "initial weights";
  }

  @Override
  public Set<Need> needs() {
    return Set.of(Need.INITIAL_NETWORK);
  }

  @Override
  public Map<String, float[]> find(Subject subject) {
    Network now = subject.network();
    Network initial = subject.initial();
    Map<String, float[]> weights = new LinkedHashMap<>();
    for (String layer : now.layers()) {
      if (!initial.layers().contains(layer)
          || !Arrays.equals(initial.shape(layer), now.shape(layer))) {
        throw new IllegalArgumentException(
            "the initial network must have a layer %s of shape %s, found %s"
                .formatted(layer, Shape.text(now.shape(layer)), initial));
      }
      weights.put(layer, initial.weights(layer));
    }
    return weights;
  }
}
