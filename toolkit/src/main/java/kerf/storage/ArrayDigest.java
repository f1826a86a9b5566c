package kerf.storage;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import kerf.argument.Argument;

/**
 * SHA-256 of all that is read of a file: the arrays' names in their order, types, shapes and
 * elements, and the texts beside them. Other readers pass over it; this toolkit compares it.
 */
public final class ArrayDigest {
  private static final String PREFIX = "kerf-sha256:";

  /** The key under which formats with named texts keep it. */
  static final String KEY = "kerf.digest";

  /** A name that no other program gives to a text. */
  private static final String OWN = "kerf";

  private static final Pattern LIKE =
      Pattern.compile(
          ".*%s.*|.{%d}[0-9a-f]{64}".formatted(PREFIX, PREFIX.length()), Pattern.DOTALL);

  private ArrayDigest() {}

  /**
   * The digest.
   *
   * @param arrays the arrays by name, in the order of the file
   * @param texts what else the file says, by name; in any order
   * @return {@code kerf-sha256:} and 64 hexadecimal digits
   */
  public static String of(Map<String, Npy> arrays, Map<String, String> texts) {
    Argument.require("arrays", arrays);
    Argument.require("texts", texts);
    MessageDigest digest = sha256();
    number(digest, arrays.size());
    arrays.forEach(
        (name, array) -> {
          text(digest, name);
          text(digest, array.type().descriptor());
          number(digest, array.shape().length);
          for (long axis : array.shape()) {
            number(digest, axis);
          }
          digest.update(array.data());
        });
    new TreeMap<>(texts)
        .forEach(
            (name, text) -> {
              text(digest, name);
              text(digest, text);
            });
    return PREFIX + HexFormat.of().formatHex(digest.digest());
  }

  /** Lengths come before what they measure, so that no two files run together into one. */
  private static void text(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    number(digest, bytes.length);
    digest.update(bytes);
  }

  private static void number(MessageDigest digest, long number) {
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
  }

  /**
   * Whether a text is a digest, or was one before it was damaged: else damage in two places, the
   * digest's name or beginning being one, would pass for a file without a digest.
   */
  static boolean like(String key, String text) {
    return key.contains(OWN) || LIKE.matcher(text).matches();
  }

  /**
   * Compares.
   *
   * @throws UnreadableFileException if what was written is not what was read
   */
  static void require(
      Path file, String written, Map<String, Npy> arrays, Map<String, String> texts) {
    String found = of(arrays, texts);
    if (!found.equals(written)) {
      throw new UnreadableFileException(
          file,
          "arrays as they were saved, with the digest " + shortened(written),
          "changed ones, with " + shortened(found),
          "copy it again from its source, save it again, or, if another program changed it on"
              + " purpose, have that program write it without the digest");
    }
  }

  private static String shortened(String digest) {
    String start = digest.substring(0, Math.min(digest.length(), PREFIX.length() + 12));
    return start.replaceAll("\\p{Cntrl}", "?") + "…";
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
