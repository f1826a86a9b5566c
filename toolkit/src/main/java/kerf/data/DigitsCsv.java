package kerf.data;

import java.nio.charset.StandardCharsets;

/**
 * The UCI digits' format: a line an image, 64 pixels of 0 to 16 (8 x 8, row by row) and the label
 * of 0 to 9, separated by commas, without a header.
 */
final class DigitsCsv {
  static final int SIDE = 8;
  static final int MAXIMUM = 16;
  static final int CLASSES = 10;
  private static final int FIELDS = SIDE * SIDE + 1;

  /** More than any honest copy holds (UCI's 5,620 lines take under 1 MB). */
  private static final int LIMIT = 1 << 24;

  private DigitsCsv() {}

  /**
   * Reads the images and labels in a file.
   *
   * @param file plain or gzip
   * @return all of them, in the file's order
   * @throws DataFileException if the file is damaged or a line is not of the format
   */
  static LabelledImages read(DataFile file) {
    Contents contents = file.contents();
    byte[] text = new byte[(int) Math.min(contents.most(), LIMIT)];
    int count = contents.read(text);
    if (contents.drain() > 0) {
      throw new DataFileException(
          file.name(), "expected at most " + LIMIT + " bytes of text, found more");
    }
    String[] lines =
        new String(text, 0, count, StandardCharsets.ISO_8859_1).lines().toArray(String[]::new);
    if (lines.length == 0) {
      throw new DataFileException(file.name(), "expected a line an image, found no line");
    }
    byte[] pixels = new byte[lines.length * (FIELDS - 1)];
    byte[] labels = new byte[lines.length];
    for (int i = 0; i < lines.length; i++) {
      byte[] fields = fields(file.name(), i + 1, lines[i]);
      System.arraycopy(fields, 0, pixels, i * (FIELDS - 1), FIELDS - 1);
      labels[i] = fields[FIELDS - 1];
    }
    return new LabelledImages(1, SIDE, SIDE, MAXIMUM, pixels, labels);
  }

  private static byte[] fields(String file, int line, String text) {
    String[] words = text.split(",", -1);
    if (words.length != FIELDS) {
      throw new DataFileException(
          file + " line " + line,
          "expected 64 pixels and a label separated by commas, found " + words.length + " values");
    }
    byte[] fields = new byte[FIELDS];
    for (int i = 0; i < FIELDS; i++) {
      boolean label = i == FIELDS - 1;
      int largest = label ? CLASSES - 1 : MAXIMUM;
      fields[i] = number(words[i], largest);
      if (fields[i] < 0) {
        throw new DataFileException(
            file + " line " + line,
            "expected a %s of 0 to %d in column %d, found \"%s\""
                .formatted(label ? "label" : "pixel", largest, i + 1, shown(words[i])));
      }
    }
    return fields;
  }

  /** The number a word says, or -1 if it says none of 0 to the largest. */
  private static byte number(String word, int largest) {
    boolean digits = word.length() == 1 || word.length() == 2;
    if (!digits || !word.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return -1;
    }
    int number = Integer.parseInt(word);
    return (byte) (number <= largest ? number : -1);
  }

  /** A word as an error may quote it: short, and without control characters. */
  private static String shown(String word) {
    String start = word.length() > 12 ? word.substring(0, 12) + "..." : word;
    char[] chars = start.toCharArray();
    for (int i = 0; i < chars.length; i++) {
      chars[i] = Character.isISOControl(chars[i]) ? '?' : chars[i];
    }
    return String.valueOf(chars);
  }
}
