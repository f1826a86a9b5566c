package kerf.data;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;

/**
 * Everything that was read of a dataset, before it is split.
 *
 * @param name what run ids call it; the same bytes under the same name are the same data
 * @param classes how many classes there are
 * @param train images to train and validate on
 * @param test images to test on
 */
record Source(String name, int classes, LabelledImages train, LabelledImages test) {
  private static final String TRAIN = "train";
  private static final String TEST = "t10k";
  private static final String IDX_FILES =
      "train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte and"
          + " t10k-labels-idx1-ubyte";

  /** The packaged files of MNIST's format. */
  static Source packaged(String folder, String name, int classes) {
    return of(
        name, classes, file -> DataFile.packaged("kerf/datasets/" + folder + "/" + file + ".gz"));
  }

  /** A user's four files of MNIST's format, named by their contents. */
  static Source of(Path folder, int classes) {
    if (classes < 1 || classes > 256) {
      throw new IllegalArgumentException("classes must be 1 to 256, found " + classes);
    }
    return of(
            "idx",
            classes,
            file -> DataFile.of(packedOrPlain(folder, file, IDX_FILES), Idx.LONGEST))
        .namedByContents();
  }

  /** The same with a checksum of the contents behind its name. */
  Source namedByContents() {
    CRC32 sum = new CRC32();
    for (LabelledImages images : new LabelledImages[] {train, test}) {
      // The shape is content too: the same bytes can be 28 x 28 or 56 x 14.
      sum.update(
          "%d %d %d ".formatted(images.height(), images.width(), classes).getBytes(US_ASCII));
      sum.update(images.pixels());
      sum.update(images.labels());
    }
    return new Source("%s-%08x".formatted(name, sum.getValue()), classes, train, test);
  }

  /** The file of that name in a folder, or the same with {@code .gz}. */
  static Path packedOrPlain(Path folder, String file, String wanted) {
    Path packed = folder.resolve(file + ".gz");
    Path plain = folder.resolve(file);
    if (!Files.exists(packed) && !Files.exists(plain)) {
      throw new DataFileException(
          plain.toString(),
          "expected this file, plain or with .gz, found neither; the folder must hold " + wanted);
    }
    return Files.exists(packed) ? packed : plain;
  }

  /** The packaged digits, which have no official split: the last 450 are to test on. */
  static Source digits() {
    DataFile file = DataFile.packaged("kerf/datasets/uci-digits/digits.csv.gz");
    LabelledImages all = DigitsCsv.read(file);
    if (all.size() != 1797) {
      throw new DataFileException(
          file.name(), "expected a line for each of 1797 images, found " + all.size() + " lines");
    }
    int train = all.size() - 450;
    return new Source(
        "digits", DigitsCsv.CLASSES, all.range(0, train), all.range(train, all.size()));
  }

  /** All inputs of a boolean function, as images of one row. */
  static Source truthTable(String name, int... values) {
    int inputs = Integer.numberOfTrailingZeros(values.length);
    if (values.length < 2 || values.length != 1 << inputs) {
      throw new IllegalArgumentException(
          "a truth table of n inputs has 2^n values, found %d; xor has 0, 1, 1, 0"
              .formatted(values.length));
    }
    byte[] pixels = new byte[values.length * inputs];
    byte[] labels = new byte[values.length];
    for (int row = 0; row < values.length; row++) {
      if (values[row] != 0 && values[row] != 1) {
        throw new IllegalArgumentException(
            "a truth table holds 0 and 1, found %d at position %d".formatted(values[row], row));
      }
      for (int input = 0; input < inputs; input++) {
        pixels[row * inputs + input] = (byte) (row >> inputs - 1 - input & 1);
      }
      labels[row] = (byte) values[row];
    }
    LabelledImages table = new LabelledImages(1, 1, inputs, 1, pixels, labels);
    return new Source(name, 2, table, table);
  }

  private static Source of(String name, int classes, Opener files) {
    LabelledImages train = part(files, TRAIN, classes);
    LabelledImages test = part(files, TEST, classes);
    if (test.height() != train.height() || test.width() != train.width()) {
      throw new DataFileException(
          files.open(TEST + "-images-idx3-ubyte").name(),
          "expected images of %d x %d as in the training images, found %d x %d; take both from the same source"
              .formatted(train.height(), train.width(), test.height(), test.width()));
    }
    return new Source(name, classes, train, test);
  }

  private static LabelledImages part(Opener files, String part, int classes) {
    return LabelledImages.of(
        Idx.read(files.open(part + "-images-idx3-ubyte"), 3),
        Idx.read(files.open(part + "-labels-idx1-ubyte"), 1),
        classes);
  }

  /** Where the four files of MNIST's names come from. */
  private interface Opener {
    DataFile open(String file);
  }
}
