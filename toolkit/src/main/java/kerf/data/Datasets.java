package kerf.data;

import java.lang.ref.SoftReference;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The datasets there are: four packaged ones, read from the class path when first asked for and
 * then shared by the whole JVM, and any folder of a user's in MNIST's or CIFAR-10's format. Nothing
 * is ever downloaded.
 */
public final class Datasets {
  private static final Shared MNIST = new Shared(() -> Source.packaged("mnist", "mnist", 10));
  private static final Shared FASHION_MNIST =
      new Shared(() -> Source.packaged("fashion-mnist", "fashion-mnist", 10));
  private static final Shared DIGITS = new Shared(Source::digits);

  private static final String SHAKESPEARE = "kerf/datasets/tinyshakespeare/input.txt.gz";
  private static final Map<Integer, Shared> TINY_SHAKESPEARE = new ConcurrentHashMap<>();

  private Datasets() {}

  /**
   * MNIST: handwritten digits of 28 x 28, 60,000 to train and validate on, 10,000 to test on.
   *
   * @return 5,000 images held out to validate on (seed 0), in the unit range
   * @throws DataFileException if a packaged file is missing or damaged
   */
  public static Dataset mnist() {
    return MNIST.dataset();
  }

  /**
   * Fashion-MNIST: ten kinds of clothing, sizes as MNIST's (H. Xiao, K. Rasul, R. Vollgraf,
   * arXiv:1708.07747, 2017).
   *
   * @return 5,000 images held out to validate on (seed 0), in the unit range
   * @throws DataFileException if a packaged file is missing or damaged
   */
  public static Dataset fashionMnist() {
    return FASHION_MNIST.dataset();
  }

  /**
   * UCI's handwritten digits of 8 x 8, 17 grey levels: the first 1,347 to train and validate on,
   * the last 450 to test on (E. Alpaydin, C. Kaynak, 1998). Small enough for tests.
   *
   * @return 112 images held out to validate on (seed 0), in the unit range
   * @throws DataFileException if the packaged file is missing or damaged
   */
  public static Dataset digits() {
    return DIGITS.dataset();
  }

  /**
   * Tiny Shakespeare: 1,115,394 characters of Shakespeare's plays, 65 different ones, in windows
   * that do not overlap, each labelled with the character that follows it (A. Karpathy, 2015). The
   * first nine tenths are to train and validate on. "Pixels" are the characters' numbers, in the
   * order of their codes.
   *
   * @param length characters a window, 2 or more
   * @return a twelfth of the training windows held out to validate on (seed 0); inputs of shape
   *     {@code 1, 1, length}
   * @throws DataFileException if the packaged file is missing or damaged
   * @throws IllegalArgumentException if the windows are too short or longer than the text
   */
  public static Dataset tinyShakespeare(int length) {
    return TINY_SHAKESPEARE
        .computeIfAbsent(
            length,
            n ->
                new Shared(
                    () ->
                        CharacterWindows.read(
                            "tinyshakespeare", DataFile.packaged(SHAKESPEARE), n)))
        .dataset();
  }

  /**
   * The characters of tiny Shakespeare: number n stands for the character at position n.
   *
   * @return 65 characters, in the order of their codes; the first is the line break
   * @throws DataFileException if the packaged file is missing or damaged
   */
  public static String tinyShakespeareAlphabet() {
    return CharacterWindows.alphabet(DataFile.packaged(SHAKESPEARE));
  }

  /**
   * A boolean function: every combination of inputs, as an image of one row with 0 and 1 for
   * pixels, and what the function makes of it. There is nothing to hold out: the same samples are
   * to train, to validate and to test on.
   *
   * @param name what it is called, such as {@code xor}
   * @param values the function's values, 0 or 1: of all inputs 0 first, the last input changing
   *     fastest; 2, 4, 8, 16 ... of them
   * @return the dataset, of two classes
   * @throws IllegalArgumentException if there are not so many values, or others than 0 and 1
   */
  public static Dataset truthTable(String name, int... values) {
    return Dataset.whole(Source.truthTable(name, values));
  }

  /**
   * The exclusive or: 1 where just one of two inputs is 1. The smallest task that needs a hidden
   * layer.
   *
   * @return four samples of 1 x 2
   */
  public static Dataset xor() {
    return truthTable("xor", 0, 1, 1, 0);
  }

  /**
   * A user's own copy of MNIST, or of another set of ten classes in its format.
   *
   * @param folder holds {@code train-images-idx3-ubyte}, {@code train-labels-idx1-ubyte}, {@code
   *     t10k-images-idx3-ubyte} and {@code t10k-labels-idx1-ubyte}, each plain or with {@code .gz}
   * @return a twelfth of the training images held out to validate on (seed 0), in the unit range
   * @throws DataFileException if a file is missing or damaged
   */
  public static Dataset mnist(Path folder) {
    return idx(folder, 10);
  }

  /**
   * A user's own grey images in MNIST's format, of any size and number of classes.
   *
   * @param folder holds the four files, as for {@link #mnist(Path)}
   * @param classes labels are 0 to classes - 1; 1 to 256
   * @return a twelfth of the training images held out to validate on (seed 0), in the unit range
   * @throws DataFileException if a file is missing or damaged, or a label is no class
   * @throws IllegalArgumentException if classes is out of its range
   */
  public static Dataset idx(Path folder, int classes) {
    return Dataset.of(Source.of(folder, classes));
  }

  /**
   * A user's own copy of CIFAR-10: color photographs of 3 x 32 x 32 of ten kinds, 50,000 to train
   * and validate on, 10,000 to test on (A. Krizhevsky, "Learning multiple layers of features from
   * tiny images", 2009). Its binary version is at {@value Cifar10#SOURCE}.
   *
   * @param folder holds {@code test_batch.bin} and {@code data_batch_1.bin} to {@code
   *     data_batch_5.bin}, or the first few of these, each plain or with {@code .gz}; or holds the
   *     folder {@code cifar-10-batches-bin} that does
   * @return a twelfth of the training images held out to validate on (seed 0), in the unit range;
   *     see {@link Dataset#standardized}
   * @throws DataFileException if a file is missing or damaged
   */
  public static Dataset cifar10(Path folder) {
    return Dataset.of(Cifar10.read(folder));
  }

  /**
   * A source that is read once; a failure is not remembered, so a mended class path is seen. Its
   * dataset too is made once while memory lasts: what was normalized or measured belongs to its
   * samples.
   */
  private static final class Shared {
    private final Supplier<Source> reader;
    private Source source;
    private SoftReference<Dataset> dataset = new SoftReference<>(null);

    Shared(Supplier<Source> reader) {
      this.reader = reader;
    }

    synchronized Dataset dataset() {
      if (source == null) {
        source = reader.get();
      }
      Dataset made = dataset.get();
      if (made == null) {
        made = Dataset.of(source);
        dataset = new SoftReference<>(made);
      }
      return made;
    }
  }
}
