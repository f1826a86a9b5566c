package kerf.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kerf.fuzz.Format.Edited;
import kerf.random.RandomStream;

/** Edits of the header of an array's file, its length kept. */
final class NpyEdits {
  private static final Pattern SHAPE = Pattern.compile("\\([0-9, ]*\\)");
  private static final String[] TYPES = {
    "<f4", "<f8", "<i4", "<i8", "|i1", "|u1", "|b1", ">f4", "<f2", "<c8", "|O", "<U9", ""
  };

  private NpyEdits() {}

  static Edited edit(byte[] npy, RandomStream random) {
    String text = new String(npy, ISO_8859_1);
    int end = text.indexOf('\n');
    if (end < 10) {
      return Bytes.edit(npy, random);
    }
    String header = text.substring(10, end);
    String edited =
        switch (random.nextInt(4)) {
          case 0 -> header.replaceFirst("'[<|>][a-z]\\d+'", "'" + type(random) + "'");
          case 1 -> header.replace("False", "True");
          case 2 -> SHAPE.matcher(header).replaceFirst(Matcher.quoteReplacement(shape(random)));
          default -> header.replaceFirst("\\d+(?=,|\\))", Long.toString(Bytes.number(3, random)));
        };
    String stripped = edited.stripTrailing();
    String padded =
        stripped.length() > header.length()
            ? stripped
            : stripped + " ".repeat(header.length() - stripped.length());
    byte[] bytes = (text.substring(0, 10) + padded + text.substring(end)).getBytes(ISO_8859_1);
    bytes[8] = (byte) (padded.length() + 1);
    bytes[9] = (byte) (padded.length() + 1 >> 8);
    return new Edited("header " + stripped, bytes, false);
  }

  private static String type(RandomStream random) {
    return TYPES[random.nextInt(TYPES.length)];
  }

  private static String shape(RandomStream random) {
    StringBuilder shape = new StringBuilder("(");
    for (int i = random.nextInt(5); i > 0; i--) {
      shape.append(Bytes.number(2, random)).append(", ");
    }
    return shape.append(")").toString();
  }
}
