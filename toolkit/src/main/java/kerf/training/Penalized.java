package kerf.training;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerf.argument.Names;
import kerf.model.Network;
import kerf.model.ParameterSpec;

/** What of a network a penalty is about. */
final class Penalized {
  private Penalized() {}

  /** The weights of some layers by their names, of all if none are named. */
  static Map<String, ParameterSpec> weights(Network network, List<String> layers) {
    Map<String, ParameterSpec> all = network.architecture().structure().prunable();
    for (String layer : layers) {
      if (!all.containsKey(layer)) {
        throw new IllegalArgumentException(
            "penalty names layer %s, found only %s"
                .formatted(layer, Names.listed(layer, all.keySet())));
      }
    }
    Map<String, ParameterSpec> wanted = new LinkedHashMap<>(all);
    if (!layers.isEmpty()) {
      wanted.keySet().retainAll(layers);
    }
    return wanted;
  }

  /** The scales of all batch normalizations. */
  static List<ParameterSpec> scales(Network network) {
    List<ParameterSpec> scales =
        network.architecture().structure().parameters().stream()
            .filter(spec -> spec.role() == ParameterSpec.Role.SCALE)
            .toList();
    if (scales.isEmpty()) {
      throw new IllegalArgumentException(
          "batchNormScaleL1 needs a network with batch normalization, found none in %s; use l1 or groupLasso"
              .formatted(network.architecture().describe()));
    }
    return scales;
  }

  /** The sum of magnitudes. */
  static double magnitudes(Network network, Iterable<ParameterSpec> parameters) {
    double sum = 0;
    for (ParameterSpec spec : parameters) {
      for (float value : network.values(spec.name())) {
        sum += Math.abs(value);
      }
    }
    return sum;
  }
}
