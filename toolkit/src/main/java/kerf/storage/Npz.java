package kerf.storage;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Named arrays in one file, as {@code numpy.savez} and {@code numpy.load} know them: a zip archive
 * of {@code NAME.npy}.
 */
public final class Npz {
  /** A compressed archive may unpack to this many bytes; one that is not, to its own length. */
  private static final long MOST_UNPACKED = 1L << 30;

  /** Deflate cannot shrink by more (zlib's technical notes), so a size beyond it is a lie. */
  private static final long MOST_SHRUNK = 1032;

  private static final int LONGEST_NAME = 255;
  private static final String SUFFIX = ".npy";

  /** Any moment will do, but one before 1980-01-02 would drag the time zone into the file. */
  private static final LocalDateTime FIXED_TIME = LocalDateTime.of(2000, 1, 1, 0, 0);

  private Npz() {}

  /**
   * Writes arrays to a file, atomically. Equal arrays in equal order give equal bytes, on any
   * machine.
   *
   * @param file the file to make or to replace; missing folders are made
   * @param arrays the arrays by name, in the order of the file; a name has 1 to 255 characters,
   *     none of them a slash, a backslash or a control character
   * @throws IllegalArgumentException if a name is not like that
   * @throws UncheckedIOException if the disk refuses; {@code file} is then as it was
   */
  public static void write(Path file, Map<String, Npy> arrays) {
    arrays.keySet().stream()
        .filter(name -> !plain(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw new IllegalArgumentException(
                  "an array's name must be 1 to 255 characters without / \\ or control characters,"
                      + " found \"%s\"".formatted(name));
            });
    AtomicFile.write(file, out -> pack(out, arrays));
  }

  /**
   * Reads all arrays of a file. Entries may be stored or deflated, of {@code .npy} version 1.0 or
   * 2.0; arrays in Fortran order come out in C order.
   *
   * @param file a file written here or by {@code numpy.savez} or {@code numpy.savez_compressed}
   * @return the arrays by name, in the order of the file; not modifiable
   * @throws UnreadableFileException if the file is damaged, holds anything but arrays of {@link
   *     ElementType}, or would unpack to more than 1 GiB
   * @throws UncheckedIOException if there is no such file, or the disk refuses
   */
  public static Map<String, Npy> read(Path file) {
    try (ZipFile zip = open(file)) {
      List<? extends ZipEntry> entries = Collections.list(zip.entries());
      long most = Math.max(MOST_UNPACKED, Files.size(file));
      Map<String, Npy> arrays = new LinkedHashMap<>();
      long unpacked = 0;
      for (ZipEntry entry : entries) {
        String name = name(file, entry);
        unpacked += sizeOf(file, entry, most - unpacked);
        byte[] bytes = unpack(file, zip, entry);
        if (arrays.put(name, NpyFormat.decode(file, entry.getName(), bytes)) != null) {
          throw new UnreadableFileException(
              file, "each name once", "two entries called " + entry.getName());
        }
      }
      return Collections.unmodifiableMap(arrays);
    } catch (ZipException | EOFException e) {
      throw new UnreadableFileException(file, "a whole zip archive", "damage: " + e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read %s: %s".formatted(file, e), e);
    }
  }

  private static ZipFile open(Path file) throws IOException {
    try {
      return new ZipFile(file.toFile());
    } catch (IllegalArgumentException e) {
      throw new UnreadableFileException(file, "a whole zip archive", "damage: " + e.getMessage());
    }
  }

  private static String name(Path file, ZipEntry entry) {
    String path = entry.getName();
    String name = path.endsWith(SUFFIX) ? path.substring(0, path.length() - SUFFIX.length()) : "";
    if (!plain(name)) {
      throw new UnreadableFileException(
          file,
          "entries called NAME.npy, without folders,",
          "\"%s\"".formatted(path.length() > 120 ? path.substring(0, 120) + "…" : path));
    }
    return name;
  }

  private static boolean plain(String name) {
    return !name.isEmpty()
        && name.length() <= LONGEST_NAME
        && name.chars().noneMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c));
  }

  private static long sizeOf(Path file, ZipEntry entry, long left) {
    long size = entry.getSize();
    long packed = entry.getCompressedSize();
    boolean possible =
        entry.getMethod() == ZipEntry.STORED ? size == packed : size <= (packed + 1) * MOST_SHRUNK;
    if (size < 0 || size > left || size > Integer.MAX_VALUE - 8 || !possible) {
      throw new UnreadableFileException(
          file,
          "arrays of at most 1 GiB in all, or as long as the file",
          "%s of %d bytes packed in %d".formatted(entry.getName(), size, packed));
    }
    return size;
  }

  /** Memory grows with the bytes that really come, not with what the archive promises. */
  private static byte[] unpack(Path file, ZipFile zip, ZipEntry entry) throws IOException {
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] bytes = in.readNBytes((int) entry.getSize());
      boolean more = in.read() >= 0;
      CRC32 checksum = checksum(bytes);
      if (more || bytes.length != entry.getSize() || checksum.getValue() != entry.getCrc()) {
        throw new UnreadableFileException(
            file,
            "%s of %d bytes with checksum %08x"
                .formatted(entry.getName(), entry.getSize(), entry.getCrc()),
            "%s%d with checksum %08x"
                .formatted(more ? "more than " : "", bytes.length, checksum.getValue()));
      }
      return bytes;
    }
  }

  private static void pack(OutputStream out, Map<String, Npy> arrays) throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out);
    for (Map.Entry<String, Npy> array : arrays.entrySet()) {
      byte[] header = NpyFormat.header(array.getValue());
      byte[] data = array.getValue().data();
      ZipEntry entry = new ZipEntry(array.getKey() + SUFFIX);
      entry.setMethod(ZipEntry.STORED);
      entry.setSize((long) header.length + data.length);
      entry.setCrc(checksum(header, data).getValue());
      entry.setTimeLocal(FIXED_TIME);
      zip.putNextEntry(entry);
      zip.write(header);
      zip.write(data);
      zip.closeEntry();
    }
    zip.finish();
  }

  private static CRC32 checksum(byte[]... parts) {
    CRC32 checksum = new CRC32();
    for (byte[] part : parts) {
      checksum.update(part);
    }
    return checksum;
  }
}
