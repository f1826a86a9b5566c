package kerf.storage;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
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
 * of {@code NAME.npy}. The checksums of a zip archive cover no names and no order, so the archive's
 * comment holds a digest of the whole, which other readers pass over.
 */
public final class Npz {
  /** Bytes that an array takes at most while a network is made of it, by its bytes unpacked. */
  private static final int COPIES = 4;

  /** Bytes of the record that ends an archive, without its comment. */
  private static final int END = 22;

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
   * @throws UnreadableFileException if there is no such file, or it is damaged, holds anything but
   *     arrays of {@link ElementType}, or would not fit in memory
   * @throws UncheckedIOException if the disk refuses
   */
  public static Map<String, Npy> read(Path file) {
    return read(file, Long.MAX_VALUE);
  }

  /**
   * Reads all arrays of a file whose size is known beforehand, as {@link #read(Path)}.
   *
   * @param file the file
   * @param most bytes that the arrays take in all; an archive that is longer itself may hold as
   *     many as that
   * @return the arrays by name, in the order of the file; not modifiable
   * @throws UnreadableFileException also if there are more bytes, before any is unpacked
   */
  public static Map<String, Npy> read(Path file, long most) {
    return content(file, most).arrays();
  }

  /** The arrays, and whether the archive's comment is a digest of them. */
  static ArrayFile.Content content(Path file, long most) {
    long length = InputFile.length(file);
    try (ZipFile zip = open(file)) {
      List<? extends ZipEntry> entries = entries(file, zip);
      String comment = comment(file, zip);
      requireSizes(file, entries, Math.max(most, length));
      requireEnd(file, length, comment);
      Map<String, Npy> arrays = new LinkedHashMap<>();
      for (ZipEntry entry : entries) {
        String name = name(file, entry);
        byte[] bytes = unpack(file, zip, entry);
        if (arrays.put(name, NpyFormat.decode(file, entry.getName(), bytes)) != null) {
          throw new UnreadableFileException(
              file, "each name once", "two entries called " + entry.getName());
        }
      }
      if (comment != null) {
        ArrayDigest.require(file, comment, arrays, Map.of());
      }
      return new ArrayFile.Content(arrays, comment != null);
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

  private static List<? extends ZipEntry> entries(Path file, ZipFile zip) {
    try {
      return Collections.list(zip.entries());
    } catch (IllegalArgumentException e) {
      throw new UnreadableFileException(file, "names in UTF-8", "damage: " + e.getMessage());
    }
  }

  private static String comment(Path file, ZipFile zip) {
    try {
      return zip.getComment();
    } catch (IllegalArgumentException e) {
      throw new UnreadableFileException(file, "a digest as comment", "damage: " + e.getMessage());
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

  /** Compares what the archive says of itself, before memory is taken for it. */
  private static void requireSizes(Path file, List<? extends ZipEntry> entries, long most) {
    long all = 0;
    for (ZipEntry entry : entries) {
      long size = entry.getSize();
      long packed = entry.getCompressedSize();
      boolean possible =
          entry.getMethod() == ZipEntry.STORED ? size == packed : size / MOST_SHRUNK <= packed;
      if (size < 0 || size > Integer.MAX_VALUE - 8 || !possible) {
        throw new UnreadableFileException(
            file,
            "arrays of at most 2 GiB, packed to a thousandth at most",
            "%s of %,d bytes packed in %,d".formatted(entry.getName(), size, packed));
      }
      all += size;
    }
    if (all > most) {
      throw new UnreadableFileException(
          file,
          "at most %,d bytes of arrays".formatted(most),
          "%,d packed in less".formatted(all),
          "load it by the architecture that it was saved from");
    }
    InputFile.requireMemory(file, "arrays", COPIES * all);
  }

  /** Bytes behind the archive, or in its comment, could hide a digest or be what is left of one. */
  private static void requireEnd(Path file, long length, String comment) throws IOException {
    int size = comment == null ? 0 : comment.getBytes(StandardCharsets.UTF_8).length;
    byte[] end = new byte[4];
    if (length >= END + size) {
      try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
        in.seek(length - END - size);
        in.readFully(end);
      }
    }
    if (!Arrays.equals(end, new byte[] {'P', 'K', 5, 6})) {
      throw new UnreadableFileException(
          file, "a whole zip archive and nothing behind it", "damage: other bytes at its end");
    }
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
    zip.setComment(ArrayDigest.of(arrays, Map.of()));
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
