package kerf.model;

import ai.djl.nn.Block;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerf.argument.Argument;
import kerf.argument.Names;
import kerf.display.Bundle;
import kerf.display.Shown;
import kerf.mask.LayerDensity;
import kerf.mask.Mask;
import kerf.table.Rows;
import kerf.table.TableHtml;
import kerf.table.TableText;
import tech.tablesaw.api.Table;

/**
 * An architecture with values for its parameters and a mask over its weights. A value: no verb
 * changes it.
 *
 * <p>Masked weights are exactly 0 from the moment of pruning on, and so is what else a
 * convolution's filter without weights would give out ({@link #factors}); whoever trains a network
 * keeps them so ({@code kerf.training}). What a network saves or computes is therefore always what
 * its mask says.
 */
public class Network implements Shown {
  private final Architecture architecture;
  private final Map<String, float[]> values;
  private final Mask mask;

  /** Of the file that it was read from; null if from none. */
  private final ParameterNames imported;

  /** What is not finite, once it was looked for; empty if everything is. */
  private volatile String notFinite;

  /** Shared by copies: they compute the same. */
  private final Measured measured;

  /**
   * Makes a dense network.
   *
   * @param architecture its recipe
   * @param values row-major values by parameter name, one for each parameter of the structure
   */
  public Network(Architecture architecture, Map<String, float[]> values) {
    this(architecture, values, dense(architecture.structure()));
  }

  /**
   * Makes a network of which some weights are pruned.
   *
   * @param architecture its recipe
   * @param values row-major values by parameter name, one for each parameter of the structure
   * @param mask what is kept; the other weights become 0
   * @throws IllegalArgumentException if values or mask do not fit the structure, or the
   *     architecture is that of a {@link #fixed} network
   */
  protected Network(Architecture architecture, Map<String, float[]> values, Mask mask) {
    this(architecture, values, mask, null);
  }

  private Network(
      Architecture architecture, Map<String, float[]> values, Mask mask, ParameterNames imported) {
    requireFree(architecture);
    this.architecture = architecture;
    this.imported = imported;
    this.measured = new Measured();
    this.mask = mask;
    Structure structure = architecture.structure();
    mask.requireFits(architecture.describe(), shapes(structure));
    this.values = new LinkedHashMap<>();
    for (ParameterSpec spec : structure.parameters()) {
      float[] own = values.get(spec.name());
      if (own == null || own.length != spec.size()) {
        throw new IllegalArgumentException(
            "%s of %s needs %,d values of shape %s, found %s"
                .formatted(
                    spec.name(),
                    architecture.describe(),
                    spec.size(),
                    Arrays.toString(spec.shape()),
                    own == null ? "none" : "%,d".formatted(own.length)));
      }
      this.values.put(spec.name(), own);
    }
    factors().forEach((name, factors) -> this.values.compute(name, (n, v) -> zeroed(v, factors)));
  }

  /**
   * Copies a network, for a subclass that knows more about it.
   *
   * @param network the network
   */
  protected Network(Network network) {
    this.architecture = network.architecture;
    this.values = network.values;
    this.mask = network.mask;
    this.imported = network.imported;
    this.notFinite = network.notFinite;
    this.measured = network.measured;
  }

  private Network(Network network, Architecture architecture) {
    this.architecture = architecture;
    this.values = network.values;
    this.mask = network.mask;
    this.imported = network.imported;
    this.notFinite = network.notFinite;
    this.measured = network.measured;
  }

  /**
   * Gives this network for good: whoever would make one of other values or another mask of it, or
   * of its architecture, is refused.
   *
   * @param instead what the network is, and what to change in its place; the end of the refusal
   * @return a network that computes the same
   */
  public final Network fixed(String instead) {
    Argument.require("instead", instead);
    return new Network(this, new FixedArchitecture(architecture, instead));
  }

  /**
   * Refuses a network whose values and mask stay as they are; for who would work long before making
   * another of it.
   *
   * @throws IllegalArgumentException if this network is {@link #fixed}
   */
  public final void requireFree() {
    requireFree(architecture);
  }

  private static void requireFree(Architecture architecture) {
    if (architecture instanceof FixedArchitecture fixed) {
      throw new IllegalArgumentException(
          "a network whose values can change is needed, found %s, %s"
              .formatted(fixed.describe(), fixed.instead()));
    }
  }

  private static float[] zeroed(float[] values, float[] factors) {
    float[] zeroed = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      // Not a product: what is pruned is 0 even if it was not a number.
      zeroed[i] = factors[i] == 0 ? 0 : values[i];
    }
    return zeroed;
  }

  /**
   * Takes a DJL block of the user's as a network.
   *
   * @param block any block; if it is initialized its values are taken over (copied), otherwise its
   *     weights start as Gaussian Glorot by seed 0
   * @param inputShape the shape of one input without the batch, such as {@code 1, 28, 28}
   * @return a dense network
   * @throws IllegalArgumentException if the block has no weights, or the shape is missing
   */
  public static Network of(Block block, long... inputShape) {
    Argument.require("block", block);
    Argument.require("inputShape", inputShape);
    if (inputShape.length == 0 || Arrays.stream(inputShape).anyMatch(axis -> axis < 1)) {
      throw new IllegalArgumentException(
          "a block needs the shape of one input, of 1 or more along each axis and without the batch, found %s; write network(block, 1, 28, 28)"
              .formatted(Arrays.toString(inputShape)));
    }
    boolean initialized = Structure.hasValues(block);
    Structure structure = new Structure(block, inputShape);
    Architecture architecture = new OwnBlock(structure, new Initialization.GlorotNormal());
    return initialized
        ? new Network(architecture, structure.blockValues())
        : architecture.initialize(0);
  }

  private static Mask dense(Structure structure) {
    return Mask.ones(shapes(structure));
  }

  private static Map<String, long[]> shapes(Structure structure) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    structure.prunable().forEach((name, spec) -> shapes.put(name, spec.shape()));
    return shapes;
  }

  /**
   * Gives the recipe.
   *
   * @return the architecture
   */
  public Architecture architecture() {
    return architecture;
  }

  /**
   * Tells which weights are kept.
   *
   * @return a mask with all of the network's weight layers; all ones for a dense network
   */
  public Mask mask() {
    return mask;
  }

  /**
   * Tells what the mask makes of the parameters. Besides pruned weights these are the bias, and the
   * scale and shift of the batch normalization right behind, of each filter of a convolution that
   * has lost every weight: such a filter is silent.
   *
   * @return 0 for each element that is 0 and stays so through any training, 1 for each other, by
   *     parameter name; only parameters with at least one 0
   */
  public final Map<String, float[]> factors() {
    return Silence.factors(architecture.structure(), mask);
  }

  /**
   * Tells whether every value is a finite number.
   *
   * @return false if a training that diverged, or whoever gave the values, left another
   */
  public final boolean finite() {
    return notFinite().isEmpty();
  }

  /**
   * Refuses a network that computes nothing that means anything.
   *
   * @throws DivergedException if a value is not finite; says which
   */
  public final void requireFinite() {
    if (!finite()) {
      throw new DivergedException(
          "%s holds %s, a number that is not finite: what made it diverged; train again with a smaller learning rate or .clipNorm(1), or take an earlier checkpoint"
              .formatted(architecture.describe(), notFinite()));
    }
  }

  /**
   * Gives what was measured of this network, for who measures it again.
   *
   * @return results by samples
   */
  public final Measured measured() {
    return measured;
  }

  /** Values never change, so they are looked over once. */
  private String notFinite() {
    String found = notFinite;
    if (found == null) {
      found = "";
      for (Map.Entry<String, float[]> parameter : values.entrySet()) {
        int at = firstNotFinite(parameter.getValue());
        if (at >= 0 && found.isEmpty()) {
          found =
              "%s at index %d of %s".formatted(parameter.getValue()[at], at, parameter.getKey());
        }
      }
      notFinite = found;
    }
    return found;
  }

  private static int firstNotFinite(float... values) {
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        return i;
      }
    }
    return -1;
  }

  /**
   * Lists the layers that can be pruned.
   *
   * @return their names, in order
   */
  public List<String> layers() {
    return List.copyOf(architecture.structure().prunable().keySet());
  }

  /**
   * Gives the values of a parameter.
   *
   * @param parameter its name, such as {@code fc1.bias}
   * @return a copy, row-major
   * @throws IllegalArgumentException if there is no such parameter
   */
  public float[] values(String parameter) {
    Argument.require("parameter", parameter);
    float[] own = values.get(parameter);
    if (own == null) {
      throw new IllegalArgumentException(unknown(parameter));
    }
    return own.clone();
  }

  private String unknown(String parameter) {
    return "no parameter '%s' in %s; it has %s"
        .formatted(parameter, architecture.describe(), Names.listed(parameter, values.keySet()));
  }

  /**
   * Gives the weights of a layer.
   *
   * @param layer its name, such as {@code fc1}
   * @return a copy, row-major; pruned ones are 0
   * @throws IllegalArgumentException if the network has no such layer
   */
  public float[] weights(String layer) {
    Argument.require("layer", layer);
    return values(weight(layer).name());
  }

  /**
   * Gives the shape of a layer's weights.
   *
   * @param layer its name, such as {@code fc1}
   * @return {@code (out, in)} or {@code (out, in, height, width)}
   * @throws IllegalArgumentException if the network has no such layer
   */
  public long[] shape(String layer) {
    Argument.require("layer", layer);
    return weight(layer).shape().clone();
  }

  private ParameterSpec weight(String layer) {
    ParameterSpec spec = architecture.structure().prunable().get(layer);
    if (spec == null) {
      throw new IllegalArgumentException(
          "no layer '%s' with weights in %s; it has %s"
              .formatted(layer, architecture.describe(), Names.listed(layer, layers())));
    }
    return spec;
  }

  /**
   * Prunes by a ready mask.
   *
   * @param wanted what to keep; together with the present mask, so nothing pruned comes back
   * @return a network whose other weights are 0
   * @throws IllegalArgumentException if the mask is of another architecture
   */
  public Network masked(Mask wanted) {
    Argument.require("mask", wanted);
    wanted.requireFits(architecture.describe(), shapes(architecture.structure()));
    return new Network(architecture, values, mask.and(wanted), imported);
  }

  /**
   * Gives all pruned weights back, as weights of 0 that can be trained.
   *
   * @return a dense network that computes the same
   */
  public Network unmasked() {
    return new Network(architecture, values, dense(architecture.structure()), imported);
  }

  /**
   * Draws all parameters anew and keeps the mask: the random reinitialization control.
   *
   * @param seed decides the new values
   * @return a network with the same mask
   */
  public Network reinitialize(long seed) {
    return architecture.initialize(seed).masked(mask);
  }

  /**
   * Puts other values in place of this network's; the mask stays.
   *
   * @param others row-major values by parameter name, one for each parameter
   * @return a network with those values where the mask keeps them
   */
  public Network revalued(Map<String, float[]> others) {
    Argument.require("values", others);
    for (String name : others.keySet()) {
      if (!values.containsKey(name)) {
        throw new IllegalArgumentException(unknown(name));
      }
    }
    return new Network(architecture, others, mask, imported);
  }

  /**
   * Writes the network under PyTorch's names: every parameter as it is, pruned weights as 0, and
   * the mask of each layer that is pruned as {@code mask:LAYER}. A dense network's file is a state
   * dict that PyTorch loads; a pruned one's it loads with {@code strict=False}.
   *
   * @param file its name ends in {@code .safetensors} or {@code .npz} (numpy's); replaced whole or
   *     not at all
   * @throws IllegalArgumentException if the name ends otherwise
   */
  public void save(Path file) {
    Argument.require("file", file);
    StateDict.write(this, file, Map.of());
  }

  /**
   * Writes the network, as {@link #save(Path)}.
   *
   * @param file such as {@code "net.safetensors"}
   */
  public final void save(String file) {
    Argument.require("file", file);
    save(Path.of(file));
  }

  /**
   * Writes the network under other names, such as those that it came with: {@code
   * pruned.save("pruned.safetensors", pruned.names())} gives PyTorch its own keys back.
   *
   * @param file as for {@link #save(Path)}
   * @param names which key each parameter gets; masks stay {@code mask:LAYER}
   * @throws IllegalArgumentException if the file's name ends otherwise, or the names are those of
   *     another architecture
   */
  public void save(Path file, ParameterNames names) {
    Argument.require("file", file);
    Argument.require("names", names);
    StateDict.write(this, file, names, Map.of());
  }

  /**
   * Writes the network under other names, as {@link #save(Path, ParameterNames)}.
   *
   * @param file such as {@code "net.safetensors"}
   * @param names which key each parameter gets
   */
  public final void save(String file, ParameterNames names) {
    Argument.require("file", file);
    Argument.require("names", names);
    save(Path.of(file), names);
  }

  /**
   * Tells under which key of a file each parameter is found: which key became which layer, of a
   * network that was read from a file, and of what was trained or pruned since.
   *
   * @return a table that shows itself; of a network from no file, the keys that {@link #save}
   *     writes
   */
  public final ParameterNames names() {
    return imported == null ? ParameterNames.own(architecture) : imported;
  }

  /** The same network, with the names that it had in a file. */
  Network named(ParameterNames names) {
    return new Network(architecture, values, mask, names);
  }

  /**
   * Lists the layers with weights.
   *
   * @return a table, a row each: layer, shape, weights, zeros, sparsity
   */
  public Table table() {
    return Rows.table(architecture.describe(), LayerDensity.class, mask.rows());
  }

  @Override
  public Bundle bundle() {
    String text = this + "\n" + TableText.text(table());
    String html = TableHtml.html(table());
    // Which key became which layer was a guess by order and shape: whoever imports sees it.
    boolean guessed = imported != null && !imported.own();
    return guessed
        ? Bundle.of(text + "\n" + imported).html(html + TableHtml.html(imported.table()))
        : Bundle.of(text).html(html);
  }

  /** All values, not copied: for the rooms that upload or write them and change none. */
  Map<String, float[]> rawValues() {
    return values;
  }

  @Override
  public String toString() {
    return "%s: %,d weights, %,d pruned (%.1f %%)%s%s"
        .formatted(
            architecture.describe(),
            mask.size(),
            mask.size() - mask.kept(),
            100 * mask.sparsity(),
            mask.empty().isEmpty() ? "" : "; nothing left of " + String.join(", ", mask.empty()),
            finite() ? "" : "; not finite: " + notFinite());
  }
}
