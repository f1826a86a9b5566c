package kerf.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerf.argument.Argument;
import kerf.mask.LayerMask;
import kerf.mask.Mask;
import kerf.storage.ArrayFile;
import kerf.storage.ElementType;
import kerf.storage.Npy;
import kerf.storage.UnreadableFileException;

/**
 * The parameters and masks in a file, under PyTorch's names: what {@code module.state_dict()} of
 * PyTorch holds, or what {@link Network#save} wrote. Files end in {@code .safetensors} or {@code
 * .npz}.
 *
 * <p>Layouts are PyTorch's, row-major: linear weights {@code (out, in)}, convolutions {@code (out,
 * in, height, width)}, transposed nothing; LSTM weights {@code (4 * state, in)} with the gates i,
 * f, g, o one below the other. Besides {@code LAYER.weight} and so on there may be: {@code
 * mask:LAYER}, bytes of 0 and 1, Kerf's own; {@code LAYER.weight_orig} with {@code
 * LAYER.weight_mask}, which {@code torch.nn.utils.prune} makes of a weight; {@code
 * num_batches_tracked}, which is passed over; and notes of another room, {@code ROOM:...}, such as
 * the scales of a quantized network.
 */
public final class StateDict {
  private static final String MASK = "mask:";
  private static final String QUANTIZATION = "quantization:";

  /** Bytes a parameter's value at most: a double, a mask of doubles, both once more as notes. */
  private static final long MOST_PER_VALUE = 32;

  /** Bytes of small arrays and headers. */
  private static final long FEW = 1 << 20;

  private final Path file;
  private final boolean digested;
  private final Map<String, Npy> values = new LinkedHashMap<>();
  private final Map<String, Npy> masks = new LinkedHashMap<>();
  private final Map<String, Npy> torchMasks = new LinkedHashMap<>();
  private final Map<String, Npy> notes = new LinkedHashMap<>();

  private StateDict(Path file, ArrayFile.Content content) {
    this.file = file;
    this.digested = content.digested();
    content.arrays().forEach(this::sort);
    for (String masked : torchMasks.keySet()) {
      if (!values.containsKey(masked)) {
        throw new UnreadableFileException(
            file, "a parameter for each mask", masked + "_mask without " + masked + "_orig");
      }
    }
  }

  private void sort(String name, Npy array) {
    int colon = name.indexOf(':');
    if (name.startsWith(MASK)) {
      masks.put(name.substring(MASK.length()), array);
    } else if (colon > 0) {
      notes.put(name, array);
    } else if (name.endsWith("_mask")) {
      torchMasks.put(TorchNames.of(name.substring(0, name.length() - "_mask".length())), array);
    } else if (!name.endsWith("num_batches_tracked")) {
      boolean original = name.endsWith("_orig");
      String own = original ? name.substring(0, name.length() - "_orig".length()) : name;
      if (values.put(TorchNames.of(own), array) != null) {
        throw new UnreadableFileException(file, "each parameter once", own + " twice");
      }
    }
  }

  /**
   * Reads a file.
   *
   * @param file its name ends in {@code .safetensors} or {@code .npz}
   * @param architecture the largest that the file is of; a packed file that would unpack to much
   *     more is refused
   * @return what it holds
   * @throws IllegalArgumentException if the name ends otherwise
   * @throws UnreadableFileException if there is no such file, or it is damaged
   */
  public static StateDict read(Path file, Architecture architecture) {
    long most = FEW;
    for (ParameterSpec spec : architecture.structure().parameters()) {
      most += MOST_PER_VALUE * spec.size();
    }
    return new StateDict(file, ArrayFile.read(file, most));
  }

  /**
   * Writes a network, and notes of another room.
   *
   * @param network the network
   * @param file its name ends in {@code .safetensors} or {@code .npz}; replaced whole or not at all
   * @param notes arrays by names of the form {@code ROOM:...}, such as {@code quantization:...}
   * @throws IllegalArgumentException if the name ends otherwise, or two parameters have one name
   */
  public static void write(Network network, Path file, Map<String, Npy> notes) {
    write(network, file, ParameterNames.own(network.architecture()), notes);
  }

  static void write(Network network, Path file, ParameterNames names, Map<String, Npy> notes) {
    Map<String, Npy> arrays = new LinkedHashMap<>();
    Map<String, String> keys = names.keys(network.architecture());
    for (ParameterSpec spec : network.architecture().structure().parameters()) {
      Npy array = Npy.of(spec.shape(), network.rawValues().get(spec.name()));
      if (arrays.put(keys.get(spec.name()), array) != null) {
        throw new IllegalArgumentException(
            "%s of %s and another parameter would both be saved as %s; rename one"
                .formatted(spec.name(), network.architecture().describe(), keys.get(spec.name())));
      }
    }
    for (LayerMask layer : network.mask().layers()) {
      if (layer.kept() < layer.size()) {
        arrays.put(MASK + layer.name(), Npy.of(ElementType.UINT8, layer.shape(), layer.bytes()));
      }
    }
    arrays.putAll(notes);
    ArrayFile.write(file, arrays);
  }

  /**
   * Gives what other rooms wrote beside the network.
   *
   * @return arrays by their full names, {@code ROOM:...}; not modifiable
   */
  public Map<String, Npy> notes() {
    return Collections.unmodifiableMap(notes);
  }

  /**
   * Refuses a file that another program wrote, for rooms whose notes no other program understands.
   *
   * @param what the file should hold, such as {@code a quantized network}
   * @throws UnreadableFileException if the file has no digest of its arrays
   */
  public void requireDigest(String what) {
    Argument.require("what", what);
    if (!digested) {
      throw new UnreadableFileException(
          file,
          what + " with the digest that .save(file) writes",
          "none: another program wrote the file",
          "read the file that .save(file) wrote, or save the network again");
    }
  }

  /** Refuses a quantized network: its floats alone would compute something else. */
  StateDict requireFloat() {
    if (notes.keySet().stream().anyMatch(name -> name.startsWith(QUANTIZATION))) {
      throw new UnreadableFileException(
          file,
          "a float network",
          "a quantized one",
          "read it by quantized(architecture, file); the float network is its .original()");
    }
    return this;
  }

  /**
   * Gives the sizes of parameters, such as those of a network of fewer channels.
   *
   * @param structure whose parameters they are
   * @return the shapes in the file by the structure's names; only those that the file names so
   */
  public Map<String, long[]> shapes(Structure structure) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    for (ParameterSpec spec : structure.parameters()) {
      Npy array = values.get(TorchNames.of(spec.name()));
      if (array != null) {
        shapes.put(spec.name(), array.shape());
      }
    }
    return shapes;
  }

  /**
   * Makes a network of the file's parameters. They are found by their names; if these are others
   * than the architecture's, by order and shape: the k-th module of some shapes is the k-th layer
   * of those shapes. The order is that of the numbers in their names ({@code features.2} before
   * {@code features.10}), never that of the file or of the alphabet.
   *
   * @param architecture what the parameters are for
   * @param modules the beginnings of the file's module names in the order in which the network has
   *     them, where names are no guide, such as {@code encoder}, {@code decoder}; else none
   * @return the network, with its mask
   * @throws UnreadableFileException if the file is of another architecture
   */
  public Network network(Architecture architecture, String... modules) {
    Structure structure = architecture.structure();
    ModuleOrder order = ModuleOrder.of(file, List.of(modules));
    Map<String, String> names = new Matching(file, architecture, shapes(), order).names();
    Map<String, float[]> parameters = new LinkedHashMap<>();
    for (ParameterSpec spec : structure.parameters()) {
      String name = names.get(spec.name());
      parameters.put(spec.name(), name == null ? new float[spec.size()] : floats(name));
    }
    Network network = new Network(architecture, parameters, mask(structure, names));
    return network.named(ParameterNames.imported(file, architecture, names));
  }

  private Map<String, long[]> shapes() {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    values.forEach((name, array) -> shapes.put(name, array.shape()));
    return shapes;
  }

  private float[] floats(String name) {
    Npy array = values.get(name);
    if (array.type().integer()) {
      throw new UnreadableFileException(file, "floats in " + name, array.toString());
    }
    double[] wide = array.doubles();
    float[] floats = new float[wide.length];
    byte[] mask = torchMasks.containsKey(name) ? bits(name, torchMasks.get(name)) : null;
    if (mask != null && mask.length != wide.length) {
      throw new UnreadableFileException(
          file,
          "a mask of shape %s for %s".formatted(Arrays.toString(array.shape()), name),
          torchMasks.get(name).toString());
    }
    for (int i = 0; i < wide.length; i++) {
      floats[i] = mask == null || mask[i] == 1 ? (float) wide[i] : 0;
    }
    return floats;
  }

  private Mask mask(Structure structure, Map<String, String> names) {
    List<LayerMask> layers = new ArrayList<>();
    structure
        .prunable()
        .forEach(
            (layer, spec) -> {
              String torch = names.get(spec.name());
              Npy own = masks.get(layer);
              Npy found = own != null ? own : torchMasks.get(torch);
              layers.add(
                  found == null
                      ? LayerMask.ones(layer, spec.shape())
                      : layerMask(layer, spec, found));
            });
    for (String layer : masks.keySet()) {
      if (!structure.prunable().containsKey(layer)) {
        throw new UnreadableFileException(
            file, "masks of " + String.join(", ", structure.prunable().keySet()), MASK + layer);
      }
    }
    return Mask.of(layers);
  }

  private LayerMask layerMask(String layer, ParameterSpec spec, Npy array) {
    if (!Arrays.equals(spec.shape(), array.shape())) {
      throw new UnreadableFileException(
          file,
          "a mask of shape %s for %s".formatted(Arrays.toString(spec.shape()), layer),
          array.toString());
    }
    return LayerMask.of(layer, array.shape(), bits(layer, array));
  }

  /** Masks of PyTorch are floats. */
  private byte[] bits(String name, Npy array) {
    byte[] bits = new byte[array.size()];
    double[] floats = array.type().integer() ? null : array.doubles();
    long[] whole = array.type().integer() ? array.longs() : null;
    for (int i = 0; i < bits.length; i++) {
      double value = floats == null ? whole[i] : floats[i];
      if (value != 0 && value != 1) {
        throw new UnreadableFileException(
            file, "only 0 and 1 in the mask of " + name, "%s at index %d".formatted(value, i));
      }
      bits[i] = (byte) value;
    }
    return bits;
  }
}
