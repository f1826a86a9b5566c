package kerf.coding;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kerf.model.Initialization;
import kerf.model.ParameterSpec;
import kerf.quantization.Mode;
import kerf.scheme.FloatFormat;
import kerf.scheme.IntegerFormat;
import kerf.scheme.Quantizer;
import kerf.trace.Node;

/**
 * What the file says of a network besides its numbers.
 *
 * @param name what the architecture is called
 * @param initialization how its weights would start
 * @param parameters in the order of their arrays
 * @param nodes what it computes; empty where the network cannot be traced
 * @param output the node whose output is the network's; empty without nodes
 * @param masks what is pruned, by layer
 * @param quantized what is rounded to what; none for a float network
 */
record Contents(
    String name,
    Initialization initialization,
    List<ParameterSpec> parameters,
    List<Node> nodes,
    String output,
    Map<String, Pruned> masks,
    Optional<Rounded> quantized) {

  /** What of a layer is pruned. */
  enum Pruned {
    /** Nothing. */
    NOTHING,
    /** The weights that are 0 in the file. */
    ZEROS,
    /** What a bit a weight in a part of its own says. */
    TOLD
  }

  /**
   * A quantized network's formats. Scales of weights stand with the weights, palettes are what
   * values occur.
   *
   * @param mode what is quantized
   * @param grids of weights that are integers with scales
   * @param floats of weights that are short floats
   * @param palettes bits of weights that share values
   * @param channels bits of weights that share values within an output channel
   * @param points the grid of activations, by node
   * @param inputs the format of what a layer multiplies, by node
   */
  record Rounded(
      Mode mode,
      Map<String, IntegerFormat> grids,
      Map<String, FloatFormat> floats,
      Map<String, Integer> palettes,
      Map<String, Integer> channels,
      Map<String, Quantizer> points,
      Map<String, IntegerFormat> inputs) {
    /** A network of floats. */
    static final Rounded NONE =
        new Rounded(Mode.WEIGHT_ONLY, Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of());
  }

  @Override
  public String toString() {
    return name + " of " + Arrays.toString(parameters.toArray());
  }
}
