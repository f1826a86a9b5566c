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
   * @param convolutions by name of each, the name of the batch normalization right behind it
   * @param specs all parameters
   * @return by name of the convolution: bias, and scale and shift behind it
   */
  static Map<String, List<ParameterSpec>> followers(
      Map<String, String> convolutions, List<ParameterSpec> specs) {
    Map<String, List<ParameterSpec>> followers = new LinkedHashMap<>();
    convolutions.forEach(
        (name, normalization) -> followers.put(name, followers(name, normalization, specs)));
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

  /**
   * The convolutions of a block.
   *
   * @param block the whole block
   * @param layers the name of each layer's block
   * @return by name of each, the name of the batch normalization that comes right after it in a
   *     sequence; empty if there is none
   */
  static Map<String, String> convolutions(Block block, Map<Block, String> layers) {
    Map<String, String> found = new LinkedHashMap<>();
    layers.forEach(
        (layer, name) -> {
          if (layer instanceof Convolution) {
            found.put(name, "");
          }
        });
    normalizations(block, layers, found);
    return found;
  }

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
