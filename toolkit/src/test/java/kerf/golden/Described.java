package kerf.golden;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kerf.scheme.IntegerFormat;

/** Reads settings from the words that a case describes PyTorch's observers and layers by. */
final class Described {
  private static final Pattern RANGE = Pattern.compile("(-?[0-9]+)\\.\\.(-?[0-9]+)");
  private static final Pattern AXIS = Pattern.compile("per.channel.*axis ([0-9]+)");

  private Described() {}

  /** The format of an observer: {@code quint8 affine, effective range 0..127} and the like. */
  static IntegerFormat format(String text) {
    IntegerFormat format =
        text.contains("quint8") ? IntegerFormat.unsigned(8) : IntegerFormat.signed(8);
    Matcher range = RANGE.matcher(text);
    if (range.find()) {
      IntegerFormat narrow =
          format.range(Integer.parseInt(range.group(1)), Integer.parseInt(range.group(2)));
      // The whole range has another middle than one that is named.
      format = narrow.min() == format.min() && narrow.max() == format.max() ? format : narrow;
    }
    if (text.contains("symmetric")) {
      format = format.symmetric();
    }
    Matcher axis = AXIS.matcher(text);
    return axis.find() ? format.perChannel(Integer.parseInt(axis.group(1))) : format;
  }

  /** The number behind a word, such as {@code stride 2}. */
  static double number(String text, String word, double otherwise) {
    Matcher number = Pattern.compile(word + " ([0-9.]+(e-?[0-9]+)?)").matcher(text);
    return number.find() ? Double.parseDouble(number.group(1)) : otherwise;
  }
}
