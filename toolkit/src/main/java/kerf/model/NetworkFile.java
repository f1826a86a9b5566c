package kerf.model;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import kerf.mask.Mask;
import kerf.storage.ElementType;
import kerf.storage.Npy;
import kerf.storage.Npz;

/** A network in a file: parameters under their names, masks as {@code mask/LAYER}. */
final class NetworkFile {
  private static final String MASK = "mask/";

  private NetworkFile() {}

  static void write(Network network, Path file) {
    Map<String, Npy> arrays = new LinkedHashMap<>();
    for (ParameterSpec spec : network.architecture().structure().parameters()) {
      arrays.put(spec.name(), Npy.of(spec.shape(), network.rawValues().get(spec.name())));
    }
    Mask mask = network.mask();
    for (String layer : mask.names()) {
      arrays.put(MASK + layer, Npy.of(ElementType.U1, mask.shape(layer), mask.bytes(layer)));
    }
    Npz.write(file, arrays);
  }

  static Network read(Architecture architecture, Path file) {
    Map<String, Npy> arrays = Npz.read(file);
    Map<String, float[]> values = new LinkedHashMap<>();
    Map<String, long[]> shapes = new LinkedHashMap<>();
    Map<String, byte[]> bits = new LinkedHashMap<>();
    arrays.forEach(
        (name, array) -> {
          if (name.startsWith(MASK)) {
            shapes.put(name.substring(MASK.length()), array.shape());
            bits.put(name.substring(MASK.length()), array.bytes());
          } else {
            values.put(name, array.floats());
          }
        });
    return new Network(architecture, values, Mask.of(shapes, bits));
  }
}
