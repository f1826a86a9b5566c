package kerf.data;

import java.util.Arrays;
import java.util.List;
import kerf.argument.Argument;
import kerf.random.RandomStream;

/**
 * A dataset, split and normalized: an immutable value. Refinements return a new dataset over the
 * same bytes, in any order with the same result. Two datasets are equal if their {@link #toString}
 * is, which holds everything their numbers depend on and no path of this machine.
 */
public final class Dataset {
  private final Source source;
  private final Split split;
  private final Sizes sizes;
  private final Normalization normalization;
  private final Samples train;
  private final Samples validation;
  private final Samples test;

  private Dataset(Source source, Split split, Sizes sizes, Normalization normalization) {
    this.source = source;
    this.split = split;
    this.sizes = sizes;
    this.normalization = normalization;
    normalization.requireChannels(source.train().channels());

    int[] order = RandomStream.of(split.seed, "validation").permutation(source.train().size());
    int[] chosen = Arrays.copyOf(order, split.whole() ? order.length : split.validation);
    int[] rest = Arrays.copyOfRange(order, split.whole() ? 0 : split.validation, order.length);
    int[] all = new int[source.test().size()];
    Arrays.setAll(all, i -> i);
    // In the file's order: neighbours in memory, and nobody mistakes the split for a shuffle.
    Arrays.sort(chosen);
    Arrays.sort(rest);
    Samples whole = samples("train", source.train(), rest);
    Samples held = samples("validation", source.train(), chosen);
    Samples tests = samples("test", source.test(), all);
    this.train = sizes == null ? whole : whole.sample(sizes.train, sizes.seed);
    this.validation = sizes == null ? held : held.sample(sizes.validation, sizes.seed);
    this.test = sizes == null ? tests : tests.sample(sizes.test, sizes.seed);
  }

  /**
   * The whole of a source, with a twelfth of the training images (MNIST: 5,000 of 60,000) held out
   * to validate on, seed 0, in the unit range.
   *
   * @param source what was read
   * @return its dataset
   */
  static Dataset of(Source source) {
    Split split = new Split(source.train().size() / 12, 0);
    return new Dataset(source, split, null, Normalization.unitRange());
  }

  /**
   * A source that is all there is to know, such as a truth table: nothing of it can be held out, so
   * the same samples are to train, to validate and to test on.
   *
   * @param source what was made
   * @return its dataset
   */
  static Dataset whole(Source source) {
    return new Dataset(source, Split.WHOLE, null, Normalization.unitRange());
  }

  private Samples samples(String part, LabelledImages images, int[] positions) {
    String name = source.name() + " " + part;
    return new Samples(name, images, source.classes(), normalization, positions);
  }

  /**
   * What the dataset is called.
   *
   * @return {@code mnist}, {@code fashion-mnist}, {@code digits}, or for a user's files {@code
   *     idx-} or {@code cifar10-} and a checksum of their contents
   */
  public String name() {
    return source.name();
  }

  /**
   * How many classes there are.
   *
   * @return at least 1
   */
  public int classes() {
    return source.classes();
  }

  /**
   * The shape of one image.
   *
   * @return channels, height, width, such as {1, 28, 28}; a new array
   */
  public long[] inputShape() {
    return train.inputShape();
  }

  /**
   * What becomes of the pixels.
   *
   * @return the normalization
   */
  public Normalization normalization() {
    return normalization;
  }

  /**
   * The images to train on: those not held out, in the file's order.
   *
   * @return at least one image
   */
  public Samples train() {
    return train;
  }

  /**
   * The images held out of training, to choose settings and early stops by; disjoint from {@link
   * #train}.
   *
   * @return none if the dataset was refined so
   */
  public Samples validation() {
    return validation;
  }

  /**
   * The images to test on.
   *
   * @return at least one image
   */
  public Samples test() {
    return test;
  }

  /**
   * Holds other images out of training.
   *
   * @param images how many, at least 0 and fewer than the training file has
   * @param seed which: equal seeds hold out equal images, on every platform
   * @return a new dataset
   * @throws IllegalArgumentException if no image would be left to train on
   */
  public Dataset validation(int images, long seed) {
    int most = source.train().size() - 1;
    if (images < 0 || images > most) {
      throw new IllegalArgumentException(
          "validation of %s must hold out 0 to %d images, found %d"
              .formatted(source.name(), most, images));
    }
    return new Dataset(source, new Split(images, seed), sizes, normalization);
  }

  /**
   * Normalizes otherwise.
   *
   * @param other what becomes of the pixels
   * @return a new dataset
   */
  public Dataset normalization(Normalization other) {
    Argument.require("normalization", other);
    return new Dataset(source, split, sizes, other);
  }

  /**
   * Normalizes each channel to mean 0 and deviation 1 over the training images, those held out not
   * counted. The numbers are rounded to 4 decimals, as they are published.
   *
   * @return a new dataset
   * @throws IllegalArgumentException if all pixels of a channel are equal
   */
  public Dataset standardized() {
    List<ChannelMoments> moments = train.moments();
    return normalization(
        Normalization.standardized(
            moments.stream().mapToDouble(ChannelMoments::mean).toArray(),
            moments.stream().mapToDouble(ChannelMoments::deviation).toArray()));
  }

  /**
   * Fewer images, for tests and quick looks: of each part, after the split, a sample balanced over
   * the classes as {@link Samples#sample} makes it.
   *
   * @param train images to train on, at least 1
   * @param validation images to validate on, at least 0
   * @param test images to test on, at least 1
   * @param seed equal seeds give equal samples, on every platform
   * @return a new dataset
   * @throws IllegalArgumentException if a part would be empty or has too few images
   */
  public Dataset sample(int train, int validation, int test, long seed) {
    if (train < 1 || test < 1) {
      throw new IllegalArgumentException(
          "a sample needs at least 1 training and 1 test image, found %d and %d"
              .formatted(train, test));
    }
    return new Dataset(source, split, new Sizes(train, validation, test, seed), normalization);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Dataset dataset && dataset.toString().equals(toString());
  }

  @Override
  public int hashCode() {
    return toString().hashCode();
  }

  /**
   * The canonical line that identifies the dataset.
   *
   * @return such as {@code mnist(validation=5000, seed=0, unitRange)}
   */
  @Override
  public String toString() {
    String line = source.name() + "(" + split + ", " + normalization;
    return sizes == null ? line + ")" : line + ", " + sizes + ")";
  }

  /** How many training images are held out, and which. */
  private record Split(int validation, long seed) {
    /** Everything is to validate on, and to train on too. */
    static final Split WHOLE = new Split(-1, 0);

    boolean whole() {
      return equals(WHOLE);
    }

    @Override
    public String toString() {
      return whole() ? "validation=train" : "validation=" + validation + ", seed=" + seed;
    }
  }

  /** How many images of each part are kept, and which. */
  private record Sizes(int train, int validation, int test, long seed) {
    @Override
    public String toString() {
      return "sample(%d, %d, %d, seed=%d)".formatted(train, validation, test, seed);
    }
  }
}
