package kerf.data;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import kerf.argument.Argument;
import kerf.random.RandomStream;

/**
 * Images with their labels: the training, validation or test part of a {@link Dataset}, or a sample
 * of one. Immutable; all of one file's samples share its bytes, and floats are made on demand.
 */
public final class Samples {
  private static final int MOST_THUMBNAILS = 10_000;

  private final String name;
  private final LabelledImages images;
  private final int classes;
  private final Normalization normalization;
  private final int[] positions;
  private final Noise noise;

  /**
   * Some of a file's images.
   *
   * @param name what {@link #toString} and errors call them
   * @param images the file's images
   * @param classes how many classes there are
   * @param normalization what becomes of the pixels
   * @param positions which images, in this order; not copied
   */
  Samples(
      String name,
      LabelledImages images,
      int classes,
      Normalization normalization,
      int[] positions) {
    this(name, images, classes, normalization, positions, new Noise(0));
  }

  private Samples(
      String name,
      LabelledImages images,
      int classes,
      Normalization normalization,
      int[] positions,
      Noise noise) {
    this.noise = noise;
    this.name = name;
    this.images = images;
    this.classes = classes;
    this.normalization = normalization;
    this.positions = positions;
  }

  /**
   * How many images there are.
   *
   * @return at least 0
   */
  public int size() {
    return positions.length;
  }

  /**
   * How many classes the labels are of.
   *
   * @return at least 1
   */
  public int classes() {
    return classes;
  }

  /**
   * Tells whether inputs are windows of text, each number the class of a character.
   *
   * @return false for images
   */
  public boolean text() {
    return images.noun().equals("windows");
  }

  /**
   * The shape of one image.
   *
   * @return channels, height, width, such as {1, 28, 28}; a new array
   */
  public long[] inputShape() {
    return new long[] {images.channels(), images.height(), images.width()};
  }

  /**
   * The first images, in this order.
   *
   * @param n how many, 0 to {@link #size}
   * @return those images
   * @throws IllegalArgumentException if n is out of its range
   */
  public Samples first(int n) {
    checkCount(n);
    return of(Arrays.copyOf(positions, n));
  }

  /**
   * A random sample without replacement, balanced over the classes: no two classes differ by more
   * than one image unless one of them runs out. Its images keep their order.
   *
   * @param n how many, 0 to {@link #size}
   * @param seed equal seeds give equal samples, on every platform
   * @return those images
   * @throws IllegalArgumentException if n is out of its range
   */
  public Samples sample(int n, long seed) {
    checkCount(n);
    RandomStream stream = RandomStream.of(seed, "sample");
    int[][] queues = new int[classes][];
    int[] filled = new int[classes];
    int[] counts = labelCounts();
    Arrays.setAll(queues, label -> new int[counts[label]]);
    for (int i : stream.permutation(size())) {
      int label = label(i);
      queues[label][filled[label]++] = i;
    }
    int[] turns = stream.permutation(classes);
    int[] chosen = new int[n];
    int count = 0;
    for (int round = 0; count < n; round++) {
      for (int turn = 0; turn < classes && count < n; turn++) {
        int[] queue = queues[turns[turn]];
        if (round < queue.length) {
          chosen[count++] = queue[round];
        }
      }
    }
    Arrays.sort(chosen);
    return of(IntStream.of(chosen).map(i -> positions[i]).toArray());
  }

  /**
   * The same images with noise on them, in place of any they have.
   *
   * @param other the noise, such as {@code noise(0.3)}
   * @return those images; equal noise gives equal pixels, on every platform
   */
  public Samples noisy(Noise other) {
    Argument.require("noisy", other);
    return new Samples(name, images, classes, normalization, positions, other);
  }

  /**
   * The noise on these images.
   *
   * @return none: a fraction of 0
   */
  public Noise noise() {
    return noise;
  }

  /**
   * The normalized pixels, made anew by each call (four bytes a pixel: 188 MB for all of MNIST's
   * training images); {@link #copyInputs(FloatBuffer)} needs no array.
   *
   * @return size x channels x height x width floats, the last fastest
   */
  public float[] inputs() {
    float[] inputs = new float[Math.multiplyExact(size(), images.volume())];
    copyInputs(FloatBuffer.wrap(inputs));
    return inputs;
  }

  /**
   * Writes the normalized pixels of all images into a buffer, in the layout of {@link #inputs}.
   *
   * @param target where to, from its position on; its position moves past the last pixel
   * @throws java.nio.BufferOverflowException if the buffer has too little room
   */
  public void copyInputs(FloatBuffer target) {
    Argument.require("target", target);
    float[] image = new float[images.volume()];
    for (int position : positions) {
      copy(position, image, target);
    }
  }

  /**
   * Writes the normalized pixels of some images into a buffer, such as a batch.
   *
   * @param batch which images, each 0 to {@link #size} - 1
   * @param target where to, from its position on; its position moves past the last pixel
   * @throws java.nio.BufferOverflowException if the buffer has too little room
   * @throws IndexOutOfBoundsException if there is no such image
   */
  public void copyInputs(int[] batch, FloatBuffer target) {
    Argument.require("batch", batch);
    Argument.require("target", target);
    float[] image = new float[images.volume()];
    for (int i : batch) {
      copy(positions[i], image, target);
    }
  }

  private void copy(int position, float[] image, FloatBuffer target) {
    if (noise.fraction() == 0) {
      normalization.normalize(images.pixels(), position * images.volume(), images.maximum(), image);
    } else {
      spoiled(position, image);
      normalization.normalize(image);
    }
    target.put(image);
  }

  /** An image's pixels in the unit range, with the noise on them. */
  private void spoiled(int position, float[] image) {
    Normalization.unitRange()
        .normalize(images.pixels(), position * images.volume(), images.maximum(), image);
    noise.spoil(image, images.channels(), position);
  }

  /**
   * The labels.
   *
   * @return size numbers of 0 to classes - 1; a new array
   */
  public int[] labels() {
    int[] labels = new int[size()];
    Arrays.setAll(labels, this::label);
    return labels;
  }

  /**
   * The label of one image.
   *
   * @param i which, 0 to {@link #size} - 1
   * @return 0 to classes - 1
   */
  public int label(int i) {
    return images.labels()[position(i)] & 0xff;
  }

  private int position(int i) {
    if (i < 0 || i >= size()) {
      throw new IllegalArgumentException(
          "index must be one of %,d samples, 0 to %d, found %d".formatted(size(), size() - 1, i));
    }
    return positions[i];
  }

  /**
   * How many images each class has.
   *
   * @return a count a class; a new array
   */
  public int[] labelCounts() {
    int[] counts = new int[classes];
    for (int position : positions) {
      counts[images.labels()[position] & 0xff]++;
    }
    return counts;
  }

  /**
   * Where these images stand in the file they were read from.
   *
   * @return size positions, from 0; a new array
   */
  public int[] positions() {
    return positions.clone();
  }

  /**
   * One image as a picture: brightness whatever the normalization; of a color image its luma, 0.299
   * red + 0.587 green + 0.114 blue (ITU-R BT.601).
   *
   * @param i which, 0 to {@link #size} - 1
   * @return height x width, 0 black to 1 white
   */
  public float[][] image(int i) {
    float[] flat = new float[images.volume()];
    spoiled(position(i), flat);
    float[] grey = images.channels() == 3 ? luma(flat) : flat;
    float[][] picture = new float[images.height()][];
    Arrays.setAll(
        picture, y -> Arrays.copyOfRange(grey, y * images.width(), (y + 1) * images.width()));
    return picture;
  }

  private static float[] luma(float... flat) {
    float[] grey = new float[flat.length / 3];
    for (int i = 0; i < grey.length; i++) {
      grey[i] =
          0.299f * flat[i] + 0.587f * flat[grey.length + i] + 0.114f * flat[2 * grey.length + i];
    }
    return grey;
  }

  /**
   * The first images side by side as one picture, row by row; places without an image are black.
   *
   * @param rows images down, at least 1
   * @param columns images across, at least 1
   * @return rows * height x columns * width, 0 black to 1 white
   * @throws IllegalArgumentException if there is no row or no column
   */
  public float[][] thumbnails(int rows, int columns) {
    if (rows < 1 || columns < 1) {
      throw new IllegalArgumentException(
          "thumbnails need at least 1 row and 1 column, found " + rows + " x " + columns);
    }
    if ((long) rows * columns > MOST_THUMBNAILS) {
      throw new IllegalArgumentException(
          "thumbnails are %,d images at most, found %,d rows of %,d columns"
              .formatted(MOST_THUMBNAILS, rows, columns));
    }
    float[][] sheet = new float[rows * images.height()][columns * images.width()];
    for (int i = 0; i < Math.min(rows * columns, size()); i++) {
      float[][] picture = image(i);
      for (int y = 0; y < images.height(); y++) {
        System.arraycopy(
            picture[y],
            0,
            sheet[i / columns * images.height() + y],
            i % columns * images.width(),
            images.width());
      }
    }
    return sheet;
  }

  /**
   * The name, size and noise.
   *
   * @return such as {@code mnist train: 55000 images of 28 x 28, 10 classes}
   */
  @Override
  public String toString() {
    String line =
        "%s: %d %s of %s, %d classes"
            .formatted(name, size(), images.noun(), images.dimensions(), classes);
    return noise.fraction() == 0 ? line : line + ", noise on %s".formatted(noise.fraction());
  }

  /** Mean and standard deviation of each channel of these images, in the unit range. */
  List<ChannelMoments> moments() {
    int plane = images.height() * images.width();
    List<ChannelMoments> moments = new ArrayList<>();
    for (int channel = 0; channel < images.channels(); channel++) {
      long sum = 0;
      long squares = 0;
      for (int position : positions) {
        int from = position * images.volume() + channel * plane;
        for (int i = from; i < from + plane; i++) {
          int pixel = images.pixels()[i] & 0xff;
          sum += pixel;
          squares += (long) pixel * pixel;
        }
      }
      moments.add(ChannelMoments.of(sum, squares, (double) size() * plane, images.maximum()));
    }
    return moments;
  }

  private Samples of(int[] chosen) {
    return new Samples(name, images, classes, normalization, chosen, noise);
  }

  private void checkCount(int n) {
    if (n < 0 || n > size()) {
      throw new IllegalArgumentException(
          "%s has %d %s to choose from, found a wish for %d"
              .formatted(name, size(), images.noun(), n));
    }
  }
}
