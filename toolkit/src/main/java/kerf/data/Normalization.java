package kerf.data;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import kerf.argument.Argument;

/** What becomes of an image's raw pixels before a network sees them. */
public sealed interface Normalization {
  /**
   * Pixels divided by the brightest they can be (255 for MNIST and Fashion-MNIST, 16 for the
   * digits), so that they lie in [0, 1]; torchvision's {@code ToTensor}.
   *
   * @return the normalization
   */
  static Normalization unitRange() {
    return new UnitRange();
  }

  /**
   * The unit range, less a mean, divided by a deviation; torchvision's {@code ToTensor} and {@code
   * Normalize}, in float32 as there. MNIST's training pixels have mean 0.1307 and deviation 0.3081,
   * Fashion-MNIST's 0.2860 and 0.3530.
   *
   * @param mean the mean of the pixels in the unit range, finite
   * @param deviation their standard deviation, finite, above 0
   * @return the normalization
   * @throws IllegalArgumentException if an argument is out of its range
   */
  static Normalization standardized(double mean, double deviation) {
    return new Standardized(mean, deviation);
  }

  /**
   * The unit range, each channel less its mean, divided by its deviation; torchvision's {@code
   * ToTensor} and {@code Normalize}. CIFAR-10's training pixels have means 0.4914, 0.4822, 0.4465
   * and deviations 0.2470, 0.2435, 0.2616; {@link Dataset#standardized} finds the numbers.
   *
   * @param means the mean of each channel in the unit range, finite
   * @param deviations the standard deviation of each channel, finite, above 0
   * @return the normalization
   * @throws IllegalArgumentException if an argument is out of its range, or there are not as many
   *     means as deviations
   */
  static Normalization standardized(double[] means, double[] deviations) {
    Argument.require("means", means);
    Argument.require("deviations", deviations);
    if (means.length != deviations.length || means.length == 0) {
      throw new IllegalArgumentException(
          "a normalization needs a mean and a deviation for each channel, found %d and %d"
              .formatted(means.length, deviations.length));
    }
    List<Standardized> channels = new ArrayList<>();
    for (int i = 0; i < means.length; i++) {
      channels.add(new Standardized(means[i], deviations[i]));
    }
    return channels.size() == 1 ? channels.get(0) : new Channels(channels);
  }

  /**
   * Each image divided by its Euclidean length, as {@code keras.utils.normalize} does with images
   * flattened to rows; a black image stays black. The lottery-ticket code of Frankle and Carbin for
   * MNIST uses it.
   *
   * @return the normalization
   */
  static Normalization unitLength() {
    return new UnitLength();
  }

  /**
   * Normalizes one image.
   *
   * @param pixels raw, unsigned
   * @param from where the image begins in them
   * @param maximum the brightest a raw pixel can be
   * @param image what to fill, as long as the image has pixels
   */
  void normalize(byte[] pixels, int from, int maximum, float[] image);

  /**
   * Normalizes one image whose pixels are in the unit range already.
   *
   * @param image the pixels; changed in place
   */
  void normalize(float[] image);

  /**
   * Refuses images of another number of channels than it has numbers for.
   *
   * @param channels of an image
   * @throws IllegalArgumentException if it does not fit
   */
  default void requireChannels(int channels) {}

  /** Division by the brightest a pixel can be. */
  record UnitRange() implements Normalization {
    @Override
    public void normalize(byte[] pixels, int from, int maximum, float[] image) {
      for (int i = 0; i < image.length; i++) {
        image[i] = (pixels[from + i] & 0xff) / (float) maximum;
      }
    }

    @Override
    public void normalize(float[] image) {}

    @Override
    public String toString() {
      return "unitRange";
    }
  }

  /**
   * The unit range with the mean taken off and the deviation divided out.
   *
   * @param mean the mean of the pixels in the unit range, finite
   * @param deviation their standard deviation, finite, above 0
   */
  record Standardized(double mean, double deviation) implements Normalization {
    /**
     * Checks both numbers.
     *
     * @param mean the mean of the pixels in the unit range, finite
     * @param deviation their standard deviation, finite, above 0
     */
    public Standardized {
      if (!Double.isFinite(mean)) {
        throw new IllegalArgumentException("mean must be finite, found " + mean);
      }
      if (!(deviation > 0) || Double.isInfinite(deviation)) {
        throw new IllegalArgumentException(
            "standard deviation must be finite and above 0, found " + deviation);
      }
    }

    @Override
    public void normalize(byte[] pixels, int from, int maximum, float[] image) {
      unitRange().normalize(pixels, from, maximum, image);
      normalize(image);
    }

    @Override
    public void normalize(float[] image) {
      float shift = (float) mean;
      float scale = (float) deviation;
      for (int i = 0; i < image.length; i++) {
        image[i] = (image[i] - shift) / scale;
      }
    }

    @Override
    public String toString() {
      return "standardized(" + mean + ", " + deviation + ")";
    }
  }

  /**
   * A mean and a deviation for each channel.
   *
   * @param channels in the order of the image's
   */
  record Channels(List<Standardized> channels) implements Normalization {
    /**
     * Copies the list.
     *
     * @param channels in the order of the image's
     */
    public Channels {
      channels = List.copyOf(channels);
    }

    @Override
    public void normalize(byte[] pixels, int from, int maximum, float[] image) {
      unitRange().normalize(pixels, from, maximum, image);
      normalize(image);
    }

    @Override
    public void normalize(float[] image) {
      int plane = image.length / channels.size();
      for (int i = 0; i < image.length; i++) {
        Standardized own = channels.get(i / plane);
        image[i] = (image[i] - (float) own.mean) / (float) own.deviation;
      }
    }

    @Override
    public void requireChannels(int found) {
      if (found != channels.size()) {
        throw new IllegalArgumentException(
            "%s is for images of %d channels, found %d".formatted(this, channels.size(), found));
      }
    }

    @Override
    public String toString() {
      return channels.stream()
          .map(own -> own.mean + "/" + own.deviation)
          .collect(Collectors.joining(", ", "standardized(", ")"));
    }
  }

  /** Division by the image's Euclidean length. */
  record UnitLength() implements Normalization {
    @Override
    public void normalize(byte[] pixels, int from, int maximum, float[] image) {
      long squares = 0;
      for (int i = 0; i < image.length; i++) {
        long pixel = pixels[from + i] & 0xff;
        squares += pixel * pixel;
      }
      double length = squares == 0 ? 1 : Math.sqrt(squares);
      for (int i = 0; i < image.length; i++) {
        image[i] = (float) ((pixels[from + i] & 0xff) / length);
      }
    }

    @Override
    public void normalize(float[] image) {
      double squares = 0;
      for (float pixel : image) {
        squares += (double) pixel * pixel;
      }
      double length = squares == 0 ? 1 : Math.sqrt(squares);
      for (int i = 0; i < image.length; i++) {
        image[i] = (float) (image[i] / length);
      }
    }

    @Override
    public String toString() {
      return "unitLength";
    }
  }
}
