package kerf.mask;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerf.storage.ElementType;
import kerf.storage.Npy;
import kerf.storage.Npz;
import kerf.storage.UnreadableFileException;

/** A mask's bytes: on disk, and as they are hashed. */
final class MaskFile {
  private MaskFile() {}

  static void write(Path file, List<LayerMask> layers) {
    Map<String, Npy> arrays = new LinkedHashMap<>();
    for (LayerMask layer : layers) {
      arrays.put(layer.name(), Npy.of(ElementType.UINT8, layer.shape(), layer.bytes()));
    }
    Npz.write(file, arrays);
  }

  static Mask read(Path file) {
    List<LayerMask> layers = new ArrayList<>();
    Npz.read(file).forEach((name, array) -> layers.add(layer(file, name, array)));
    if (layers.isEmpty()) {
      throw new UnreadableFileException(file, "a mask for each layer", "no array");
    }
    return Mask.of(layers);
  }

  private static LayerMask layer(Path file, String name, Npy array) {
    if (array.type() != ElementType.UINT8 && array.type() != ElementType.BOOL) {
      throw new UnreadableFileException(file, "masks of UINT8 or BOOL", name + " of " + array);
    }
    try {
      return LayerMask.of(name, array.shape(), array.bytes());
    } catch (IllegalArgumentException e) {
      throw new UnreadableFileException(file, "masks", "a wrong one: " + e.getMessage());
    }
  }

  /** Lengths come before what they measure, so no two masks run together into the same bytes. */
  static String hash(List<LayerMask> layers) {
    MessageDigest digest = sha256();
    for (LayerMask layer : layers.stream().sorted(Comparator.comparing(LayerMask::name)).toList()) {
      byte[] name = layer.name().getBytes(StandardCharsets.UTF_8);
      long[] shape = layer.shape();
      ByteBuffer head = ByteBuffer.allocate(8 + name.length + 8 * shape.length);
      head.putInt(name.length).put(name).putInt(shape.length);
      for (long axis : shape) {
        head.putLong(axis);
      }
      digest.update(head.array());
      digest.update(layer.bytes());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
