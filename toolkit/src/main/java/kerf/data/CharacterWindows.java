package kerf.data;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A text as windows of characters by number, each labelled with the character that follows it.
 *
 * <p>A character's number is its place among the text's different characters, in the order of their
 * codes.
 */
final class CharacterWindows {
  /** Tiny Shakespeare unpacks to a tenth of this. */
  private static final int LIMIT = 1 << 24;

  private CharacterWindows() {}

  /**
   * Reads a text; its first nine tenths are to train on.
   *
   * @param name what the data are called
   * @param file ASCII, plain or gzip
   * @param length characters a window; windows do not overlap
   * @throws DataFileException if the file is damaged or holds other characters than ASCII
   * @throws IllegalArgumentException if a part would have no window
   */
  static Source read(String name, DataFile file, int length) {
    byte[] text = text(file);
    int train = (int) (text.length * 9L / 10);
    int longest = text.length - train - 1;
    if (length < 2 || length > longest) {
      throw new IllegalArgumentException(
          "windows of %s must have 2 to %,d characters, found %d".formatted(name, longest, length));
    }
    byte[] numbers = numbers(text);
    int characters = numbers[numbers.length - 1] + 1;
    return new Source(
        "%s-%d".formatted(name, length),
        characters,
        windows(numbers, 0, train, length),
        windows(numbers, train, text.length, length));
  }

  /** A text's different characters, in the order of their numbers. */
  static String alphabet(DataFile file) {
    StringBuilder alphabet = new StringBuilder();
    new String(text(file), StandardCharsets.US_ASCII)
        .chars()
        .distinct()
        .sorted()
        .forEach(character -> alphabet.append((char) character));
    return alphabet.toString();
  }

  private static byte[] text(DataFile file) {
    Contents contents = file.contents();
    byte[] bytes = new byte[(int) Math.min(contents.most(), LIMIT)];
    int count = contents.read(bytes);
    if (contents.drain() > 0) {
      throw new DataFileException(
          file.name(), "expected at most " + LIMIT + " bytes of text, found more; cut it");
    }
    for (int i = 0; i < count; i++) {
      if (bytes[i] < 0) {
        throw new DataFileException(
            file.name(),
            "expected ASCII characters, found byte %d at position %d"
                .formatted(bytes[i] & 0xff, i));
      }
    }
    return Arrays.copyOf(bytes, count);
  }

  /** The number of each character, and behind them the greatest number. */
  private static byte[] numbers(byte... text) {
    boolean[] seen = new boolean[128];
    for (byte character : text) {
      seen[character] = true;
    }
    byte[] number = new byte[128];
    byte next = 0;
    for (int character = 0; character < 128; character++) {
      number[character] = next;
      next += (byte) (seen[character] ? 1 : 0);
    }
    byte[] numbers = new byte[text.length + 1];
    for (int i = 0; i < text.length; i++) {
      numbers[i] = number[text[i]];
    }
    numbers[text.length] = (byte) (next - 1);
    return numbers;
  }

  private static LabelledImages windows(byte[] numbers, int from, int to, int length) {
    int count = (to - from - 1) / length;
    byte[] pixels = Arrays.copyOfRange(numbers, from, from + count * length);
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = numbers[from + (i + 1) * length];
    }
    return new LabelledImages(1, 1, length, 1, pixels, labels, "windows");
  }
}
