package kerf.data;

import java.util.Arrays;

/**
 * Images and their labels as bytes, shared by every split and sample made of them.
 *
 * @param channels 1 for grey, 3 for red, green and blue
 * @param height rows of pixels
 * @param width pixels a row
 * @param maximum the brightest a pixel can be: 255, or 16 for the digits of UCI
 * @param pixels unsigned, image by image, channel by channel, row by row
 * @param labels one an image
 * @param noun what people call them
 */
record LabelledImages(
    int channels, int height, int width, int maximum, byte[] pixels, byte[] labels, String noun) {
  /** Images in earnest. */
  LabelledImages(int channels, int height, int width, int maximum, byte[] pixels, byte[] labels) {
    this(channels, height, width, maximum, pixels, labels, "images");
  }

  /**
   * Joins a file of images with its file of labels.
   *
   * @param images three dimensions
   * @param labels one dimension
   * @param classes how many classes there are
   * @return both
   * @throws DataFileException if the counts differ or a label is no class
   */
  static LabelledImages of(Idx images, Idx labels, int classes) {
    int count = images.shape()[0];
    if (labels.shape()[0] != count) {
      throw new DataFileException(
          labels.file(),
          "expected %d labels, one for each image of %s, found %d; take both from the same source"
              .formatted(count, images.file(), labels.shape()[0]));
    }
    for (int i = 0; i < count; i++) {
      int label = labels.bytes()[i] & 0xff;
      if (label >= classes) {
        throw new DataFileException(
            labels.file(),
            "expected labels 0 to %d, found %d at position %d; say how many classes there are, as in idx(folder, %d), or copy it again from its source"
                .formatted(classes - 1, label, i, label + 1));
      }
    }
    return new LabelledImages(
        1, images.shape()[1], images.shape()[2], 255, images.bytes(), labels.bytes());
  }

  int size() {
    return labels.length;
  }

  /** Bytes an image: a pixel has one for each channel. */
  int volume() {
    return channels * height * width;
  }

  /** An image's shape as text: grey ones without the channel. */
  String dimensions() {
    String plane = noun.equals("images") ? height + " x " + width : Integer.toString(width);
    return channels == 1 ? plane : channels + " x " + plane;
  }

  /** The images of positions [from, to), as a copy. */
  LabelledImages range(int from, int to) {
    return new LabelledImages(
        channels,
        height,
        width,
        maximum,
        Arrays.copyOfRange(pixels, from * volume(), to * volume()),
        Arrays.copyOfRange(labels, from, to),
        noun);
  }
}
