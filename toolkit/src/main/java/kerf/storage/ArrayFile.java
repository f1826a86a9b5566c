package kerf.storage;

import java.nio.file.Path;
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
   * @return the arrays by name, in the order of the file; not modifiable
   * @throws IllegalArgumentException if the name ends otherwise
   * @throws UnreadableFileException if there is no such file, or it is damaged, or unpacks to more
   */
  public static Map<String, Npy> read(Path file, long most) {
    return safetensors(file) ? Safetensors.read(file) : Npz.read(file, most);
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
