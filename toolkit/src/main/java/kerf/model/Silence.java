package kerf.model;

import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Convolution;
import ai.djl.nn.norm.BatchNorm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerf.granularity.Granularity;
import kerf.granularity.Groups;
import kerf.mask.LayerMask;
import kerf.mask.Mask;

/**
 * The rule that a convolution's filter falls silent when all of its weights are pruned: its bias is
 * 0 then, and so are scale and shift of the batch normalization right behind it.
 *
 * <p>Otherwise the filter would still give out a constant, which padding cuts off at the edges of
 * the next convolution, so that no smaller network could compute the same. A linear layer's neuron
 * keeps its bias: its constant can always move into the next layer's biases.
 */
final class Silence {
  private Silence() {}

  /**
   * The vectors that fall silent with a convolution's filters.
   *
   * @param block the whole block
   * @param specs its parameters
   * @param layers the name of each layer's block
   * @return by name of the convolution: bias, and scale and shift behind it
   */
  static Map<String, List<ParameterSpec>> followers(
      Block block, List<ParameterSpec> specs, Map<Block, String> layers) {
    Map<String, String> normalizations = new LinkedHashMap<>();
    normalizations(block, layers, normalizations);
    Map<String, List<ParameterSpec>> followers = new LinkedHashMap<>();
    layers.forEach(
        (layer, name) -> {
          if (layer instanceof Convolution) {
            followers.put(name, followers(name, normalizations.get(name), specs));
          }
        });
    return followers;
  }

  private static List<ParameterSpec> followers(
      String convolution, String normalization, List<ParameterSpec> specs) {
    return specs.stream()
        .filter(
            spec ->
                switch (spec.role()) {
                  case BIAS -> spec.layer().equals(convolution);
                  case SCALE, SHIFT -> spec.layer().equals(normalization);
                  default -> false;
                })
        .toList();
  }

  /** Finds each batch normalization that comes right after a convolution in a sequence. */
  private static void normalizations(
      Block part, Map<Block, String> layers, Map<String, String> found) {
    if (part instanceof SequentialBlock) {
      List<Block> sequence = sequence(part);
      for (int i = 1; i < sequence.size(); i++) {
        if (sequence.get(i - 1) instanceof Convolution && sequence.get(i) instanceof BatchNorm) {
          found.put(layers.get(sequence.get(i - 1)), layers.get(sequence.get(i)));
        }
      }
    }
    part.getChildren().values().forEach(child -> normalizations(child, layers, found));
  }

  private static List<Block> sequence(Block part) {
    if (!(part instanceof SequentialBlock)) {
      return List.of(part);
    }
    List<Block> sequence = new ArrayList<>();
    part.getChildren().values().forEach(child -> sequence.addAll(sequence(child)));
    return sequence;
  }

  /**
   * What a mask multiplies parameters by.
   *
   * @return 1 and 0 for each element of the parameters of which an element is 0
   */
  static Map<String, float[]> factors(Structure structure, Mask mask) {
    Map<String, float[]> factors = new LinkedHashMap<>();
    structure
        .prunable()
        .forEach(
            (layer, spec) -> {
              LayerMask own = mask.layer(layer);
              if (own.kept() < own.size()) {
                factors.put(spec.name(), own.floats());
                silence(structure.followers(layer), own, factors);
              }
            });
    return factors;
  }

  private static void silence(
      List<ParameterSpec> followers, LayerMask mask, Map<String, float[]> factors) {
    if (followers.isEmpty()) {
      return;
    }
    Groups filters = Granularity.slices(0).groups(mask.name(), mask.shape());
    int[] heard = filters.holding(mask.survivors());
    if (heard.length < filters.count()) {
      float[] ones = new float[filters.count()];
      for (int filter : heard) {
        ones[filter] = 1;
      }
      followers.forEach(spec -> factors.put(spec.name(), ones.clone()));
    }
  }
}
