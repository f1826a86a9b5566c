package kerf.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import kerf.data.DataFileException;
import kerf.data.Dataset;
import kerf.data.Datasets;
import kerf.fuzz.Format.Edited;
import kerf.random.RandomStream;
import kerf.table.Csv;
import kerf.table.Rows;

/** Images, labels and tables. */
final class DataFormats {
  private static final int IMAGES = 24;
  private static final int RECORD = 3073;

  /**
   * A row of every kind of cell.
   *
   * @param seed a number
   * @param arm text, quoted where it must be
   * @param accuracy another number
   * @param stop a number that may be missing
   * @param kept true or false
   */
  record Point(long seed, String arm, double accuracy, Integer stop, boolean kept) {}

  private DataFormats() {}

  static List<Format> all() {
    return List.of(
        idx("idx", "train-images-idx3-ubyte", DataFormats::images, false),
        idx("idx-gz", "train-images-idx3-ubyte.gz", DataFormats::images, true),
        idx("idx-labels", "train-labels-idx1-ubyte", DataFormats::labels, false),
        FileFormat.of("cifar", ".bin", (f, s) -> Files.write(f, cifar(s)), f -> cifar(f, ".bin"))
            .refusedBy(DataFileException.class)
            .editedBy((bytes, random) -> Optional.of(record(bytes, random))),
        FileFormat.of(
                "cifar-gz",
                ".bin.gz",
                (f, s) -> Files.write(f, gzip(cifar(s))),
                f -> cifar(f, ".bin.gz"))
            .refusedBy(DataFileException.class)
            .editedBy((bytes, random) -> repacked(bytes, random, DataFormats::record))
            .withDigest(),
        FileFormat.of("csv", ".csv", DataFormats::csv, f -> Csv.read(f, Point.class))
            .editedBy(DataFormats::cell));
  }

  private static Format idx(
      String name, String target, java.util.function.LongFunction<byte[]> valid, boolean packed) {
    FileFormat format =
        FileFormat.of(
                name,
                packed ? ".gz" : ".idx",
                (f, seed) -> Files.write(f, packed ? gzip(valid.apply(seed)) : valid.apply(seed)),
                file -> idx(file, target))
            .refusedBy(DataFileException.class)
            .editedBy(
                packed
                    ? (bytes, random) -> repacked(bytes, random, DataFormats::header)
                    : (bytes, random) -> Optional.of(header(bytes, random)));
    return packed ? format.withDigest() : format;
  }

  private static byte[] images(long seed) {
    ByteBuffer out = ByteBuffer.allocate(16 + IMAGES * 16);
    out.putInt(0x0803).putInt(IMAGES).putInt(4).putInt(4);
    RandomStream random = RandomStream.of(seed, "images");
    while (out.hasRemaining()) {
      out.put((byte) random.nextInt(256));
    }
    return out.array();
  }

  private static byte[] labels(long seed) {
    ByteBuffer out = ByteBuffer.allocate(8 + IMAGES);
    out.putInt(0x0801).putInt(IMAGES);
    RandomStream random = RandomStream.of(seed, "labels");
    while (out.hasRemaining()) {
      out.put((byte) random.nextInt(10));
    }
    return out.array();
  }

  /** The file among three others that are sound. */
  private static Object idx(Path file, String target) {
    Path folder = file.resolveSibling(file.getFileName() + ".folder");
    try {
      Files.createDirectories(folder);
      Files.write(folder.resolve("train-images-idx3-ubyte"), images(0));
      Files.write(folder.resolve("train-labels-idx1-ubyte"), labels(0));
      Files.write(folder.resolve("t10k-images-idx3-ubyte"), images(1));
      Files.write(folder.resolve("t10k-labels-idx1-ubyte"), labels(1));
      Files.write(folder.resolve(target), Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return of(Datasets.idx(folder, 10));
  }

  private static Object of(Dataset data) {
    return List.of(
        data.name(),
        FloatBuffer.wrap(data.train().inputs()),
        IntBuffer.wrap(data.train().labels()),
        FloatBuffer.wrap(data.validation().inputs()));
  }

  private static Edited header(byte[] idx, RandomStream random) {
    if (idx.length < 16) {
      return Bytes.edit(idx, random);
    }
    ByteBuffer copy = ByteBuffer.wrap(idx.clone());
    int at = random.nextInt(4);
    if (at == 0) {
      copy.put(2 + random.nextInt(2), (byte) (random.nextInt(16)));
    } else {
      copy.putInt(4 * at, (int) Bytes.number(copy.getInt(4 * at), random));
    }
    return new Edited("number %d of the header".formatted(at), copy.array(), false);
  }

  private static byte[] cifar(long seed) {
    byte[] bytes = new byte[12 * RECORD];
    RandomStream random = RandomStream.of(seed, "cifar");
    for (int i = 0; i < bytes.length; i += RECORD) {
      bytes[i] = (byte) random.nextInt(10);
      for (int k = 1; k < 40; k++) {
        bytes[i + k] = (byte) random.nextInt(256);
      }
    }
    return bytes;
  }

  private static Object cifar(Path file, String suffix) {
    Path folder = file.resolveSibling(file.getFileName() + ".folder");
    try {
      Files.createDirectories(folder);
      Files.write(folder.resolve("test_batch.bin"), cifar(1));
      Files.write(folder.resolve("data_batch_1" + suffix), Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return of(Datasets.cifar10(folder));
  }

  private static Edited record(byte[] bytes, RandomStream random) {
    if (bytes.length < RECORD) {
      return Bytes.edit(bytes, random);
    }
    byte[] copy = bytes.clone();
    int at = random.nextInt(bytes.length / RECORD) * RECORD;
    copy[at] = (byte) random.nextInt(256);
    boolean cut = random.nextInt(4) == 0;
    return new Edited(
        "label at " + at,
        cut ? java.util.Arrays.copyOfRange(copy, 0, Math.max(1, at)) : copy,
        false);
  }

  /** Edits what is packed and packs it again, with the right checksum. */
  private static Optional<Edited> repacked(
      byte[] packed,
      RandomStream random,
      java.util.function.BiFunction<byte[], RandomStream, Edited> editor) {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      Edited edited = editor.apply(in.readNBytes(1 << 20), random);
      byte[] more = new byte[random.nextInt(8) == 0 ? 8 << 20 : 0];
      return Optional.of(
          new Edited(
              edited.what() + ", packed again", gzip(Bytes.joined(edited.bytes(), more)), true));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static byte[] gzip(byte[] plain) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  private static void csv(Path file, long seed) {
    List<Point> points = new java.util.ArrayList<>();
    for (int i = 0; i <= seed; i++) {
      points.add(
          new Point(i, "arm \"" + i + "\", é", 1.0 / (i + 3), i % 2 == 0 ? null : i, i % 3 == 0));
    }
    Csv.write(Rows.table("points", Point.class, points), file);
  }

  private static Optional<Edited> cell(byte[] csv, RandomStream random) {
    String[] cells = {
      "",
      "\"",
      "\"\"",
      "1e999",
      "NaN",
      "-",
      "99999999999999999999",
      "0x1p3",
      "true",
      "\r",
      "\n\n",
      "\u0000",
      "é",
      "=1+1",
      ",",
      ",,,,,,",
      "\"a\nb\"",
      "x".repeat(5_000)
    };
    String[] words = new String(csv, ISO_8859_1).split("(?<=,)|(?=,)|(?=\n)", -1);
    int at = random.nextInt(words.length);
    words[at] = cells[random.nextInt(cells.length)];
    byte[] edited = new String(String.join("", words).getBytes(ISO_8859_1), UTF_8).getBytes(UTF_8);
    return Optional.of(new Edited("cell %d is %s".formatted(at, words[at].strip()), edited, false));
  }
}
