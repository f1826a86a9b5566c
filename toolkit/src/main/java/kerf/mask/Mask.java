package kerf.mask;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;
import kerf.argument.Argument;
import kerf.argument.Names;
import kerf.granularity.Shape;
import kerf.random.RandomStream;
import kerf.storage.UnreadableFileException;

/**
 * Which weights of a network are kept: a {@link LayerMask} a layer. Immutable; every operation
 * gives a new mask. Layers keep the order they came in; two masks are equal when they keep the same
 * weights of the same layers, in whatever order.
 */
public final class Mask {
  private final Map<String, LayerMask> layers;

  private Mask(Map<String, LayerMask> layers) {
    this.layers = Collections.unmodifiableMap(layers);
  }

  /**
   * The mask that keeps every weight.
   *
   * @param shapes the shape of each layer by name, in the order of the network
   * @return the mask of density 1
   * @throws IllegalArgumentException if a shape has an axis that is not positive
   */
  public static Mask ones(Map<String, long[]> shapes) {
    Argument.require("shapes", shapes);
    Map<String, LayerMask> ones = new LinkedHashMap<>();
    shapes.forEach((name, shape) -> ones.put(name, LayerMask.ones(name, shape)));
    return new Mask(ones);
  }

  /**
   * The mask of some layers.
   *
   * @param layers a mask a layer, in the order of the network
   * @return the mask of them all
   * @throws IllegalArgumentException if two have the same name
   */
  public static Mask of(LayerMask... layers) {
    Argument.require("layers", layers);
    return of(Arrays.asList(layers));
  }

  /**
   * The mask of some layers.
   *
   * @param layers a mask a layer, in the order of the network
   * @return the mask of them all
   * @throws IllegalArgumentException if two have the same name
   */
  public static Mask of(List<LayerMask> layers) {
    Argument.require("layers", layers);
    Map<String, LayerMask> byName = new LinkedHashMap<>();
    for (LayerMask layer : layers) {
      if (byName.put(layer.name(), layer) != null) {
        throw new IllegalArgumentException(
            "each layer must have one mask, found two for %s; a.and(b) combines them"
                .formatted(layer.name()));
      }
    }
    return new Mask(byName);
  }

  /**
   * The mask of one layer.
   *
   * @param name the layer's name
   * @param shape the size of each axis
   * @param kept whether each weight is kept, in C order (the last axis runs fastest)
   * @return the mask
   * @throws IllegalArgumentException if {@code kept} has not as many elements as the shape
   */
  public static Mask of(String name, long[] shape, boolean[] kept) {
    Argument.require("name", name);
    Argument.require("shape", shape);
    Argument.require("kept", kept);
    return of(LayerMask.of(name, shape, kept));
  }

  /**
   * Reads a mask.
   *
   * @param file a file written by {@link #save}, or an {@code .npz} file of numpy's with an array
   *     of {@code bool} or {@code uint8} a layer, 1 where a weight is kept
   * @return the mask, its layers in the order of the file
   * @throws UnreadableFileException if the file is damaged or holds other arrays
   * @throws UncheckedIOException if there is no such file, or the disk refuses
   */
  public static Mask load(Path file) {
    Argument.require("file", file);
    return MaskFile.read(file);
  }

  /**
   * Writes the mask, atomically: an {@code .npz} file with an array of {@code uint8} a layer. Equal
   * masks in equal order give equal bytes.
   *
   * @param file the file to make or to replace
   * @throws UncheckedIOException if the disk refuses; {@code file} is then as it was
   */
  public void save(Path file) {
    Argument.require("file", file);
    MaskFile.write(file, layers());
  }

  /**
   * The mask of each layer.
   *
   * @return the layers in order, not modifiable
   */
  public List<LayerMask> layers() {
    return List.copyOf(layers.values());
  }

  /**
   * The mask of a layer.
   *
   * @param name the layer's name
   * @return its mask
   * @throws IllegalArgumentException if there is no such layer
   */
  public LayerMask layer(String name) {
    Argument.require("name", name);
    LayerMask layer = layers.get(name);
    if (layer == null) {
      throw new IllegalArgumentException(
          "mask has no layer %s, found %s".formatted(name, Names.listed(name, names())));
    }
    return layer;
  }

  /**
   * The names of the layers.
   *
   * @return the names in order, not modifiable
   */
  public List<String> names() {
    return List.copyOf(layers.keySet());
  }

  /**
   * The shapes of the layers.
   *
   * @return a new map from names to shapes, in order
   */
  public Map<String, long[]> shapes() {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    layers.forEach((name, layer) -> shapes.put(name, layer.shape()));
    return shapes;
  }

  /**
   * The number of weights in all layers, kept or pruned.
   *
   * @return the sum over the layers
   */
  public long size() {
    return sum(LayerMask::size);
  }

  /**
   * The number of weights kept in all layers.
   *
   * @return the sum over the layers
   */
  public long kept() {
    return sum(LayerMask::kept);
  }

  /**
   * The share of weights kept.
   *
   * @return a fraction in [0, 1]; 1 for a mask without layers
   */
  public double density() {
    return layers.isEmpty() ? 1 : (double) kept() / size();
  }

  /**
   * The share of weights pruned.
   *
   * @return a fraction in [0, 1]; 0 for a mask without layers
   */
  public double sparsity() {
    return layers.isEmpty() ? 0 : (double) (size() - kept()) / size();
  }

  /**
   * The layers of which nothing is left. What runs only through such a layer no longer depends on
   * the inputs.
   *
   * @return their names in order
   */
  public List<String> empty() {
    return layers.values().stream()
        .filter(layer -> layer.kept() == 0)
        .map(LayerMask::name)
        .toList();
  }

  /**
   * The rows of the per-layer table.
   *
   * @return a row a layer, in order
   */
  public List<LayerDensity> rows() {
    return layers.values().stream().map(LayerMask::row).toList();
  }

  /**
   * The weights that both masks keep.
   *
   * @param other a mask of the same layers and shapes
   * @return a subset of both
   * @throws IllegalArgumentException if names or shapes differ
   */
  public Mask and(Mask other) {
    Argument.require("mask", other);
    if (!layers.keySet().equals(other.layers.keySet())) {
      throw new IllegalArgumentException(
          "mask has layers %s, found %s in the other mask; masks combine only with masks of the same"
                  .formatted(String.join(", ", names()), String.join(", ", other.names()))
              + " architecture");
    }
    return each(layer -> layer.and(other.layer(layer.name())));
  }

  /**
   * How alike two masks are: the weights both keep over the weights either keeps (P. Jaccard,
   * 1901).
   *
   * @param other a mask of the same layers and shapes
   * @return a fraction in [0, 1]; 1 for equal masks, and for two that keep nothing
   * @throws IllegalArgumentException if names or shapes differ
   */
  public double jaccard(Mask other) {
    Argument.require("mask", other);
    long both = and(other).kept();
    long either = kept() + other.kept() - both;
    return either == 0 ? 1 : (double) both / either;
  }

  /**
   * Whether pruning more can lead from the other mask to this one.
   *
   * @param other a mask of the same layers and shapes
   * @return true if every weight kept here is kept there; true for equal masks
   * @throws IllegalArgumentException if names or shapes differ
   */
  public boolean isSubsetOf(Mask other) {
    Argument.require("mask", other);
    return and(other).kept() == kept();
  }

  /**
   * The random-mask control: in each layer as many weights kept as here, but any of them.
   *
   * @param seed the seed of the choice; equal seeds give equal masks, and what happens to a layer
   *     does not depend on which others there are
   * @return a mask of the same layers, shapes and counts, every choice as likely
   */
  public Mask shuffled(long seed) {
    RandomStream random = RandomStream.of(seed, "mask");
    return each(layer -> layer.shuffled(random.split(layer.name())));
  }

  /**
   * Refuses a network that this mask was not made for. The network may have more layers.
   *
   * @param network the network's name, for errors
   * @param shapes the shapes of its layers by name
   * @throws IllegalArgumentException if a layer of this mask is missing or has another shape
   */
  public void requireFits(String network, Map<String, long[]> shapes) {
    Argument.require("network", network);
    Argument.require("shapes", shapes);
    for (LayerMask layer : layers.values()) {
      long[] found = shapes.get(layer.name());
      if (!Arrays.equals(layer.shape(), found)) {
        throw new IllegalArgumentException(
            "mask of %s has shape %s, found %s in network %s; masks fit only the architecture they"
                    .formatted(
                        layer.name(),
                        Shape.text(layer.shape()),
                        found == null
                            ? "only " + String.join(", ", shapes.keySet())
                            : Shape.text(found),
                        network)
                + " were made from");
      }
    }
  }

  /**
   * The mask's identity: SHA-256 over names, shapes and bits, the layers sorted by name.
   *
   * @return 64 hexadecimal digits; equal for equal masks, on any machine
   */
  public String hash() {
    return MaskFile.hash(layers());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Mask that && layers.equals(that.layers);
  }

  @Override
  public int hashCode() {
    return layers.hashCode();
  }

  /**
   * One line.
   *
   * @return such as {@code mask of 3 layers: 53240 of 266200 weights kept, sparsity 0.8000}, and
   *     which layers are empty
   */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "mask of %d %s: %d of %d weights kept, sparsity %.4f%s",
        layers.size(),
        layers.size() == 1 ? "layer" : "layers",
        kept(),
        size(),
        sparsity(),
        empty().isEmpty() ? "" : "; nothing left of " + String.join(", ", empty()));
  }

  private Mask each(UnaryOperator<LayerMask> change) {
    return of(layers.values().stream().map(change).toList());
  }

  private long sum(ToLongFunction<LayerMask> count) {
    return layers.values().stream().mapToLong(count).sum();
  }
}
