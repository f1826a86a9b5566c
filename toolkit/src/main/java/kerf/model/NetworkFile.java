package kerf.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerf.mask.LayerMask;
import kerf.mask.Mask;
import kerf.storage.ElementType;
import kerf.storage.Npy;
import kerf.storage.Npz;

/** A network in a file: parameters under their names, masks as {@code mask:LAYER}. */
final class NetworkFile {
  private static final String MASK = "mask:";

  private NetworkFile() {}

  static void write(Network network, Path file) {
    Map<String, Npy> arrays = new LinkedHashMap<>();
    for (ParameterSpec spec : network.architecture().structure().parameters()) {
      arrays.put(spec.name(), Npy.of(spec.shape(), network.rawValues().get(spec.name())));
    }
    for (LayerMask layer : network.mask().layers()) {
      arrays.put(MASK + layer.name(), Npy.of(ElementType.UINT8, layer.shape(), layer.bytes()));
    }
    Npz.write(file, arrays);
  }

  static Network read(Architecture architecture, Path file) {
    Map<String, Npy> arrays = Npz.read(file);
    Map<String, float[]> values = new LinkedHashMap<>();
    List<LayerMask> masks = new ArrayList<>();
    arrays.forEach(
        (name, array) -> {
          if (name.startsWith(MASK)) {
            String layer = name.substring(MASK.length());
            masks.add(LayerMask.of(layer, array.shape(), array.bytes()));
          } else {
            values.put(name, array.floats());
          }
        });
    return new Network(architecture, values, Mask.of(masks));
  }
}
