package kerf.data;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * CIFAR-10's binary version: files of records of 3,073 bytes, a label and then 1,024 red, 1,024
 * green and 1,024 blue pixels, each 32 x 32 row by row.
 */
final class Cifar10 {
  /** Where the files are to be had. */
  static final String SOURCE = "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz";

  private static final String UNPACKED = "cifar-10-batches-bin";
  private static final String FILES =
      "data_batch_1.bin to data_batch_5.bin and test_batch.bin of CIFAR-10's binary version, "
          + SOURCE;
  private static final int CLASSES = 10;
  private static final int CHANNELS = 3;
  private static final int SIDE = 32;
  private static final int PIXELS = CHANNELS * SIDE * SIDE;
  private static final int RECORD = 1 + PIXELS;
  private static final int BATCHES = 5;

  /** Images a file; bounds what a damaged gzip stream can unpack to. */
  private static final int MOST = 10_000;

  /** Bytes a file, with what gzip can add where nothing shrinks. */
  private static final long LONGEST = MOST * (long) RECORD + (1 << 16);

  private Cifar10() {}

  /**
   * Reads a user's files.
   *
   * @param folder holds them, or the folder they are unpacked to
   * @return all their images, named by their contents
   * @throws DataFileException if a file is missing or damaged
   */
  static Source read(Path folder) {
    Path inner = folder.resolve(UNPACKED);
    Path files = Files.isDirectory(inner) ? inner : folder;
    List<DataFile> batches = new ArrayList<>();
    for (int batch = 1; batch <= BATCHES; batch++) {
      if (batch == 1 || present(files, batch) || laterPresent(files, batch)) {
        batches.add(file(files, name(batch)));
      }
    }
    return new Source(
            batches.size() == BATCHES ? "cifar10" : "cifar10-part",
            CLASSES,
            images(batches),
            images(List.of(file(files, "test_batch.bin"))))
        .namedByContents();
  }

  private static String name(int batch) {
    return "data_batch_" + batch + ".bin";
  }

  private static boolean present(Path folder, int batch) {
    return Files.exists(folder.resolve(name(batch)))
        || Files.exists(folder.resolve(name(batch) + ".gz"));
  }

  /** A batch that is missing between others was lost; the last ones may have been left out. */
  private static boolean laterPresent(Path folder, int batch) {
    for (int later = batch + 1; later <= BATCHES; later++) {
      if (present(folder, later)) {
        return true;
      }
    }
    return false;
  }

  private static DataFile file(Path folder, String name) {
    Path python = folder.resolve(name.replace(".bin", ""));
    if (Files.exists(python)) {
      throw new DataFileException(
          python.toString(),
          "expected CIFAR-10's binary version, found the Python version; get " + SOURCE);
    }
    return DataFile.of(Source.packedOrPlain(folder, name, FILES), LONGEST);
  }

  private static LabelledImages images(List<DataFile> files) {
    long most = 0;
    int stored = 0;
    for (DataFile file : files) {
      most += Math.min(file.contents().most(), MOST * (long) RECORD);
      stored += file.bytes().length;
    }
    DataFile.requireMemory(files.get(0).name(), "images, with those beside it,", 2 * most);
    ByteArrayOutputStream pixels = new ByteArrayOutputStream(stored);
    ByteArrayOutputStream labels = new ByteArrayOutputStream();
    files.forEach(file -> read(file, pixels, labels));
    return new LabelledImages(
        CHANNELS, SIDE, SIDE, 255, pixels.toByteArray(), labels.toByteArray());
  }

  /**
   * Reads the records of a file.
   *
   * @param file the file
   * @param pixels what the images are added to
   * @param labels what the labels are added to
   * @throws DataFileException if it is damaged or in another format
   */
  static void read(DataFile file, ByteArrayOutputStream pixels, ByteArrayOutputStream labels) {
    Contents contents = file.contents();
    byte[] bytes = new byte[RECORD];
    int records = 0;
    int length = contents.read(bytes);
    for (; length == RECORD && records < MOST; length = contents.read(bytes)) {
      int label = bytes[0] & 0xff;
      if (label >= CLASSES) {
        throw new DataFileException(
            file.name(),
            "expected labels 0 to %d, found %d in record %d; this is another format, or damaged: copy it again from its source"
                .formatted(CLASSES - 1, label, records));
      }
      labels.write(label);
      pixels.write(bytes, 1, PIXELS);
      records++;
    }
    if (length == RECORD) {
      throw new DataFileException(
          file.name(),
          "expected at most %d records of %d bytes, found more; this is another format"
              .formatted(MOST, RECORD));
    }
    if (length > 0) {
      throw new DataFileException(
          file.name(),
          "expected whole records of %d bytes, found %d of them and %d bytes; the file is cut short, or another format; copy it again from its source"
              .formatted(RECORD, records, length));
    }
    contents.drain();
    if (records == 0) {
      throw new DataFileException(
          file.name(),
          "expected records of %d bytes, found none; copy it again from its source"
              .formatted(RECORD));
    }
  }
}
