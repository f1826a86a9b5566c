package kerf.model;

import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.ParameterList;
import ai.djl.nn.convolutional.Convolution;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.util.Pair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.stream.Collectors;
import kerf.argument.Argument;
import kerf.tensor.Scope;

/**
 * A block whose shapes are known and whose layers have stable names.
 *
 * <p>DJL numbers parameters by their place among all blocks, so that inserting one renames those
 * after it. Here a layer is named by its kind and its place among that kind: {@code conv1, conv2,
 * fc1, fc2, bn1}. The block's own parameter values are never used for computing: they are passed to
 * it, so one structure serves many networks and threads.
 */
public final class Structure {
  /** Blocks that hold zeros in place of values, since they were initialized here. */
  private static final Set<Block> SHAPED =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  private final Block block;
  private final long[] inputShape;
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();
  private final List<ParameterSpec> specs = new ArrayList<>();
  private final Map<String, List<ParameterSpec>> followers;
  private long[] outputShape;

  /**
   * Names the layers of a block.
   *
   * @param block any DJL block; initialized here if it is not yet
   * @param inputShape the shape of one input without the batch, such as {@code 1, 28, 28}
   * @throws IllegalArgumentException if no parameter of the block is a weight
   */
  public Structure(Block block, long... inputShape) {
    this.block = block;
    this.inputShape = inputShape.clone();
    if (block instanceof NamedParameters named) {
      named.namedParameters().forEach(this::add);
      followers = Silence.followers(named.convolutions(), specs);
    } else {
      boolean given = block.isInitialized();
      try {
        Scope.shape(block, batch(2));
      } catch (RuntimeException e) {
        throw cannotCompute(e);
      }
      if (!given) {
        SHAPED.add(block);
      }
      Map<Block, String> layers = new IdentityHashMap<>();
      name(block, new HashMap<>(), layers);
      followers = Silence.followers(Silence.convolutions(block, layers), specs);
    }
    if (specs.stream().noneMatch(ParameterSpec::prunable)) {
      throw new IllegalArgumentException(
          "a network needs a block with at least one weight of two or more dimensions, found none in "
              + block.getClass().getSimpleName()
              + "; add a layer such as Linear or Conv2d");
    }
  }

  private void name(Block part, Map<String, Integer> counts, Map<Block, String> layers) {
    ParameterList own = part.getDirectParameters();
    // A part that is used twice is one layer.
    if (!own.isEmpty() && !parameters.containsValue(own.valueAt(0))) {
      String kind = kind(part);
      String layer = kind + counts.merge(kind, 1, Integer::sum);
      layers.put(part, layer);
      for (Pair<String, Parameter> entry : own) {
        Parameter parameter = entry.getValue();
        if (parameter.isInitialized()) {
          String name = layer + "." + parameter.getName();
          long[] shape = parameter.getArray().getShape().getShape();
          add(new ParameterSpec(name, layer, ParameterSpec.Role.of(parameter), shape), parameter);
        }
      }
    }
    for (Pair<String, Block> child : part.getChildren()) {
      name(child.getValue(), counts, layers);
    }
  }

  private void add(ParameterSpec spec, Parameter parameter) {
    parameters.put(spec.name(), parameter);
    specs.add(spec);
  }

  private static String kind(Block part) {
    if (part instanceof Linear) {
      return "fc";
    }
    if (part instanceof Convolution) {
      return "conv";
    }
    if (part instanceof BatchNorm) {
      return "bn";
    }
    return part.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  /**
   * Lists the parameters.
   *
   * @return in the order of the block
   */
  public List<ParameterSpec> parameters() {
    return List.copyOf(specs);
  }

  /**
   * Lists the parameters on which masks act, by the name a mask has for them: the layer's, as
   * {@code fc1}, or the parameter's where a layer has several weights, as {@code lstm1.weight_ih}.
   *
   * @return in the order of the block
   */
  public Map<String, ParameterSpec> prunable() {
    Map<String, ParameterSpec> prunable = new LinkedHashMap<>();
    for (ParameterSpec spec : specs) {
      if (spec.prunable()) {
        long weights =
            specs.stream().filter(s -> s.prunable() && s.layer().equals(spec.layer())).count();
        prunable.put(weights == 1 ? spec.layer() : spec.name(), spec);
      }
    }
    return prunable;
  }

  /**
   * Gives the block.
   *
   * @return the block; its own parameter values mean nothing
   */
  public Block block() {
    return block;
  }

  /**
   * Gives the shape of one input.
   *
   * @return without the batch, such as {@code 1, 28, 28}
   */
  public long[] inputShape() {
    return inputShape.clone();
  }

  /**
   * Gives the shape of one output, found by computing once.
   *
   * @return without the batch, such as {@code 10}
   * @throws IllegalArgumentException if the block cannot compute on inputs of its shape
   */
  public synchronized long[] outputShape() {
    if (outputShape == null) {
      outputShape = Session.outputShape(this);
    }
    return outputShape.clone();
  }

  /**
   * Lists the vectors that go with the filters of a convolution, one element for each: its bias,
   * and scale and shift of the batch normalization right behind it. They are 0 for a filter of
   * which every weight is pruned.
   *
   * @param layer the name of a layer
   * @return in the order of the block; none unless the layer is a convolution
   */
  public List<ParameterSpec> followers(String layer) {
    Argument.require("layer", layer);
    return followers.getOrDefault(layer, List.of());
  }

  /** Says in words of the field what the engine says in its own; what Kerf says stays. */
  RuntimeException cannotCompute(RuntimeException why) {
    if (why.getStackTrace().length > 0
        && why.getStackTrace()[0].getClassName().startsWith("kerf.")) {
      return why;
    }
    return new IllegalArgumentException(
        "%s cannot compute on one input of shape %s: %s; give network(block, ...) the shape that the block's first layer takes, without the batch"
            .formatted(
                block.getClass().getSimpleName(),
                Arrays.toString(inputShape),
                String.valueOf(why.getMessage()).lines().findFirst().orElse("")),
        why);
  }

  /** Whether a block has values that its maker gave it, and not zeros in their place. */
  static boolean hasValues(Block block) {
    return !SHAPED.contains(block)
        && block.isInitialized()
        && block.getParameters().values().stream().allMatch(Parameter::isInitialized);
  }

  /** The values the block was given by its maker, if it came initialized. */
  Map<String, float[]> blockValues() {
    Map<String, float[]> values = new LinkedHashMap<>();
    parameters.forEach((name, parameter) -> values.put(name, Scope.floats(parameter.getArray())));
    return values;
  }

  /**
   * Gives a parameter as the block knows it.
   *
   * @param name its name, such as {@code fc1.weight}
   * @return the parameter, without a value that means anything
   */
  public Parameter parameter(String name) {
    Argument.require("name", name);
    return parameters.get(name);
  }

  /** The input's shape behind a batch size. */
  long[] batch(long size) {
    long[] shape = new long[inputShape.length + 1];
    shape[0] = size;
    System.arraycopy(inputShape, 0, shape, 1, inputShape.length);
    return shape;
  }

  /** A line that differs between structures of different shapes; part of a run's identity. */
  @Override
  public String toString() {
    return Arrays.toString(inputShape)
        + specs.stream()
            .map(spec -> spec.name() + Arrays.toString(spec.shape()))
            .collect(Collectors.joining(" ", " ", ""));
  }
}
