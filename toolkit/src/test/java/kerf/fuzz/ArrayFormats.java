package kerf.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import kerf.mask.Mask;
import kerf.random.RandomStream;
import kerf.storage.ElementType;
import kerf.storage.Npy;
import kerf.storage.Npz;
import kerf.storage.Safetensors;

/** Files of arrays: with our digest, and as other programs write them. */
final class ArrayFormats {
  private ArrayFormats() {}

  static List<Format> all() {
    return List.of(
        FileFormat.of("npz", ".npz", (f, seed) -> Npz.write(f, arrays(seed)), Npz::read)
            .editedBy(ZipEdits::edit)
            .withDigest(),
        FileFormat.of("npz-numpy", ".npz", ArrayFormats::numpy, file -> in(Npz.read(file)))
            .editedBy(ZipEdits::edit),
        FileFormat.of("npy", ".npy", ArrayFormats::npy, ArrayFormats::wrapped)
            .editedBy((bytes, random) -> Optional.of(NpyEdits.edit(bytes, random))),
        FileFormat.of(
                "safetensors",
                ".safetensors",
                (f, seed) -> Safetensors.write(f, arrays(seed)),
                Safetensors::read)
            .editedBy(SafetensorsEdits::edit)
            .withDigest(),
        FileFormat.of(
                "safetensors-torch",
                ".safetensors",
                ArrayFormats::torch,
                f -> in(Safetensors.read(f)))
            .editedBy(SafetensorsEdits::edit),
        FileFormat.of("mask", ".npz", (f, seed) -> mask(seed).save(f), Mask::load)
            .editedBy(ZipEdits::edit)
            .withDigest());
  }

  /** Arrays whose order counts. */
  private static Object in(Map<String, Npy> arrays) {
    return new ArrayList<>(arrays.entrySet());
  }

  static Map<String, Npy> arrays(long seed) {
    RandomStream random = RandomStream.of(seed, "arrays");
    Map<String, Npy> arrays = new LinkedHashMap<>();
    for (int i = 0; i <= seed; i++) {
      long[] shape = {1 + random.nextInt(3), 1 + random.nextInt(4)};
      int size = (int) (shape[0] * shape[1]);
      float[] floats = random.gaussians(size, 1);
      arrays.put("fc" + i + ".weight", Npy.of(shape, floats));
      arrays.put("fc" + i + ".again", Npy.of(shape, random.gaussians(size, 1)));
    }
    arrays.put("double", Npy.of(new long[] {2}, new double[] {seed, Math.PI}));
    arrays.put("whole", Npy.of(new long[] {}, new long[] {seed}));
    arrays.put("int", Npy.of(new long[] {1, 2}, new int[] {7, -7}));
    arrays.put("bool", Npy.of(ElementType.BOOL, new long[] {3}, new byte[] {1, 0, 1}));
    return arrays;
  }

  private static Mask mask(long seed) {
    RandomStream random = RandomStream.of(seed, "mask");
    boolean[] bits = new boolean[12];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = random.nextInt(2) == 0;
    }
    return Mask.of(
        kerf.mask.LayerMask.of("fc1", new long[] {3, 4}, bits),
        kerf.mask.LayerMask.of("fc2", new long[] {4, 3}, bits));
  }

  /** An archive without a comment; compressed every other time. */
  private static void numpy(Path file, long seed) throws IOException {
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      out.setLevel(seed % 2 == 0 ? 9 : 0);
      for (Map.Entry<String, Npy> array : arrays(seed).entrySet()) {
        Path alone = file.resolveSibling("alone");
        Npz.write(alone, Map.of(array.getKey(), array.getValue()));
        out.putNextEntry(new ZipEntry(array.getKey() + ".npy"));
        out.write(entry(alone));
        out.closeEntry();
        Files.delete(alone);
      }
    }
  }

  private static byte[] entry(Path npz) throws IOException {
    try (java.util.zip.ZipFile zip = new java.util.zip.ZipFile(npz.toFile())) {
      return zip.getInputStream(zip.entries().nextElement()).readAllBytes();
    }
  }

  private static void npy(Path file, long seed) throws IOException {
    Path npz = file.resolveSibling("alone.npz");
    Npz.write(npz, Map.of("a", List.copyOf(arrays(seed).values()).get((int) seed % 4)));
    Files.write(file, entry(npz));
  }

  /** An array's file is read in an archive only: here in one with the right checksum. */
  private static Object wrapped(Path file) {
    Path npz = file.resolveSibling(file.getFileName() + ".npz");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(npz))) {
      out.putNextEntry(new ZipEntry("a.npy"));
      out.write(Files.readAllBytes(file));
      out.closeEntry();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return in(Npz.read(npz));
  }

  /** A file with PyTorch's metadata and 16-bit floats. */
  private static void torch(Path file, long seed) throws IOException {
    String header =
        ("{\"__metadata__\":{\"format\":\"pt\"},\"a.weight\":{\"dtype\":\"F16\",\"shape\":[2,2],\"data_offsets\":[0,8]},"
            + "\"b.weight\":{\"dtype\":\"BF16\",\"shape\":[4],\"data_offsets\":[8,16]},"
            + "\"c\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[16,24]}}");
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer out =
        ByteBuffer.allocate(8 + text.length + 24).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    out.putLong(text.length).put(text).putLong(seed * 31).putLong(~seed).putLong(seed);
    Files.write(file, out.array());
  }
}
