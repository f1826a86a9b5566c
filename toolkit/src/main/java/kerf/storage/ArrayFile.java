package kerf.storage;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;

/** Named arrays in a file of either kind: {@link Safetensors} or {@link Npz}, by its name's end. */
public final class ArrayFile {
  private ArrayFile() {}

  /**
   * Tells the kind of a file.
   *
   * @param file its name ends in {@code .safetensors} or {@code .npz}
   * @return true for safetensors
   * @throws IllegalArgumentException if the name ends otherwise
   */
  public static boolean safetensors(Path file) {
    String name = file.toString();
    if (!name.endsWith(".safetensors") && !name.endsWith(".npz")) {
      throw new IllegalArgumentException(
          ("a network's file must end in .safetensors or .npz, found %s; PyTorch writes one by"
                  + " safetensors.torch.save_file(module.state_dict(), \"net.safetensors\")")
              .formatted(name.isEmpty() ? "an empty name" : file.getFileName()));
    }
    return name.endsWith(".safetensors");
  }

  /**
   * Reads all arrays of a file.
   *
   * @param file its name ends in {@code .safetensors} or {@code .npz}
   * @param most bytes that the arrays take in all; a file that is longer itself is read as well
   * @return the arrays, and whether the file has a digest of them
   * @throws IllegalArgumentException if the name ends otherwise
   * @throws UnreadableFileException if there is no such file, or it is damaged, or unpacks to more
   */
  public static Content read(Path file, long most) {
    return safetensors(file) ? Safetensors.content(file) : Npz.content(file, most);
  }

  /**
   * What a file holds.
   *
   * @param arrays the arrays by name, in the order of the file; not modifiable
   * @param digested whether the file has the digest that {@link #write} puts there: then the arrays
   *     are those that were written, else another program wrote the file
   */
  public record Content(Map<String, Npy> arrays, boolean digested) {
    /**
     * Makes the map unmodifiable.
     *
     * @param arrays the arrays by name, in the order of the file
     * @param digested whether the file has a digest of them, which was compared
     */
    public Content {
      arrays = Collections.unmodifiableMap(arrays);
    }
  }

  /**
   * Writes arrays to a file, atomically.
   *
   * @param file its name ends in {@code .safetensors} or {@code .npz}; replaced whole or not at all
   * @param arrays the arrays by name, in the order of the file
   * @throws IllegalArgumentException if the name ends otherwise
   */
  public static void write(Path file, Map<String, Npy> arrays) {
    if (safetensors(file)) {
      Safetensors.write(file, arrays);
    } else {
      Npz.write(file, arrays);
    }
  }
}
