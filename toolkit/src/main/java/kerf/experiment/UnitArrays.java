package kerf.experiment;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kerf.mask.LayerMask;
import kerf.mask.Mask;
import kerf.model.Architecture;
import kerf.model.Network;
import kerf.model.ParameterSpec;
import kerf.storage.ElementType;
import kerf.storage.Npy;
import kerf.storage.Npz;
import kerf.storage.UnreadableFileException;

/**
 * The arrays of a unit's file, each asked for as what it must be. What a file has otherwise is
 * damage, and is refused with the file's name and the cure: to delete it.
 */
public final class UnitArrays {
  /** Under this name, which no number and no network has, the words of a unit that diverged. */
  private static final String DIVERGED = ":diverged";

  private static final String CURE = "delete it, and the next run does that training again";

  private final Path file;
  private final Map<String, Npy> arrays;

  private UnitArrays(Path file, Map<String, Npy> arrays) {
    this.file = file;
    this.arrays = arrays;
  }

  /**
   * Begins with nothing, and of no file: what is asked for and not there is then an error of the
   * caller's.
   *
   * @return no arrays
   */
  public static UnitArrays none() {
    return new UnitArrays(null, Map.of());
  }

  /**
   * The arrays of a unit that diverged.
   *
   * @param why what diverged
   * @return its words alone
   */
  public static UnitArrays diverged(String why) {
    byte[] words = why.getBytes(StandardCharsets.UTF_8);
    return none()
        .and(Map.of(DIVERGED, Npy.of(ElementType.UINT8, new long[] {words.length}, words)));
  }

  /**
   * Tells whether the unit diverged.
   *
   * @return what diverged; empty if all went well
   */
  public Optional<String> divergence() {
    return arrays.containsKey(DIVERGED)
        ? Optional.of(new String(bytes(DIVERGED, -1), StandardCharsets.UTF_8))
        : Optional.empty();
  }

  /**
   * Adds arrays.
   *
   * @param more by name; they take the place of those of the same names
   * @return all of them
   */
  public UnitArrays and(Map<String, Npy> more) {
    Map<String, Npy> all = new LinkedHashMap<>(arrays);
    all.putAll(more);
    return new UnitArrays(file, all);
  }

  /**
   * Writes all arrays, whole or not at all.
   *
   * @param file an npz file; its folder is made if it is not there
   */
  public void save(Path file) {
    Folders.create(file.getParent());
    Npz.write(file, arrays);
  }

  /**
   * Reads a file.
   *
   * @param file an npz file, perhaps not there
   * @return empty if there is no such file
   * @throws UnreadableFileException if the file is damaged
   */
  public static Optional<UnitArrays> read(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new UnitArrays(file, Npz.read(file)));
    } catch (UnreadableFileException e) {
      throw e.cure(CURE);
    }
  }

  /**
   * Lists the arrays.
   *
   * @return their names, in the order of the file
   */
  public List<String> names() {
    return List.copyOf(arrays.keySet());
  }

  /**
   * Gives numbers.
   *
   * @param name the array's name
   * @param shape what its shape must be; -1 for an axis of any size
   * @return its elements, row-major
   * @throws UnreadableFileException if there is no such array of doubles
   */
  public double[] doubles(String name, long... shape) {
    return array(name, ElementType.FLOAT64, shape).doubles();
  }

  /**
   * Gives whole numbers.
   *
   * @param name the array's name
   * @param shape what its shape must be
   * @return its elements, row-major
   * @throws UnreadableFileException if there is no such array of 64-bit integers
   */
  public long[] longs(String name, long... shape) {
    return array(name, ElementType.INT64, shape).longs();
  }

  /**
   * Gives values of parameters.
   *
   * @param name the array's name
   * @param shape what its shape must be
   * @return its elements, row-major
   * @throws UnreadableFileException if there is no such array of floats
   */
  public float[] floats(String name, long... shape) {
    return array(name, ElementType.FLOAT32, shape).floats();
  }

  /**
   * Gives bytes.
   *
   * @param name the array's name
   * @param shape what its shape must be; -1 for an axis of any size
   * @return its elements, row-major
   * @throws UnreadableFileException if there is no such array of bytes
   */
  public byte[] bytes(String name, long... shape) {
    return array(name, ElementType.UINT8, shape).bytes();
  }

  /**
   * Gives a dense network.
   *
   * @param prefix stands before the names of its parameters
   * @param architecture the architecture it has
   * @return the network
   * @throws UnreadableFileException if there is none, or one of another architecture
   */
  public Network network(String prefix, Architecture architecture) {
    Map<String, float[]> values = new LinkedHashMap<>();
    for (ParameterSpec spec : architecture.structure().parameters()) {
      values.put(spec.name(), floats(prefix + spec.name(), spec.shape()));
    }
    return new Network(architecture, values);
  }

  /**
   * Gives a mask.
   *
   * @param prefix stands before the names of its layers
   * @param architecture whose layers they are
   * @return a mask of all of them
   * @throws UnreadableFileException if there is none, or one of another architecture
   */
  public Mask mask(String prefix, Architecture architecture) {
    List<LayerMask> masks = new ArrayList<>();
    architecture
        .structure()
        .prunable()
        .forEach(
            (layer, spec) -> {
              byte[] bits = bytes(prefix + layer, spec.shape());
              for (byte bit : bits) {
                if (bit != 0 && bit != 1) {
                  throw damaged("only 0 and 1 in " + prefix + layer, Byte.toString(bit));
                }
              }
              masks.add(LayerMask.of(layer, spec.shape(), bits));
            });
    return Mask.of(masks);
  }

  private Npy array(String name, ElementType type, long... shape) {
    Npy array = arrays.get(name);
    if (array == null && file == null) {
      throw new IllegalArgumentException(
          "no '%s' in this outcome; it has %s".formatted(name, String.join(", ", names())));
    }
    if (array == null) {
      throw damaged("an array '%s'".formatted(name), "only " + String.join(", ", names()));
    }
    long[] own = array.shape();
    boolean fits = array.type() == type && own.length == shape.length;
    for (int axis = 0; fits && axis < shape.length; axis++) {
      fits = shape[axis] < 0 || shape[axis] == own[axis];
    }
    if (!fits) {
      String expected = Arrays.toString(shape).replace("-1", "any");
      throw damaged("%s of %s%s".formatted(name, type, expected), array.toString());
    }
    return array;
  }

  /**
   * Refuses the file; of no file, the caller's request.
   *
   * @param expected what should have been in it, as a noun phrase
   * @param found what is there instead, as a noun phrase
   * @return the refusal, with the cure
   */
  public RuntimeException damaged(String expected, String found) {
    return file == null
        ? new IllegalArgumentException("expected %s, found %s".formatted(expected, found))
        : new UnreadableFileException(file, expected, found, CURE);
  }
}
