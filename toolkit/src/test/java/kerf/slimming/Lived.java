package kerf.slimming;

import java.util.LinkedHashMap;
import java.util.Map;
import kerf.model.Network;
import kerf.model.ParameterSpec;
import kerf.random.RandomStream;

/**
 * Networks as a training might leave them: biases, shifts and statistics are not what they start
 * as.
 */
final class Lived {
  private Lived() {}

  static Network of(Network fresh) {
    Map<String, float[]> values = new LinkedHashMap<>();
    RandomStream stream = RandomStream.of(5, "lived");
    for (ParameterSpec spec : fresh.architecture().structure().parameters()) {
      RandomStream own = stream.split(spec.name());
      values.put(
          spec.name(),
          switch (spec.role()) {
            case BIAS, SHIFT, RUNNING_MEAN -> own.gaussians(spec.size(), 0.3f);
            case SCALE, RUNNING_VARIANCE -> own.uniforms(spec.size(), 0.5f, 1.5f);
            default -> fresh.values(spec.name());
          });
    }
    return fresh.revalued(values);
  }
}
