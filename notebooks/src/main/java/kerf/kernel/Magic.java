package kerf.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands where a piece of Java might begin and is none: a line magic ({@code %name arguments},
 * to the end of its line), a cell magic ({@code %%name arguments}, to the end of the cell), or a
 * question ({@code List?}, a cell's last line).
 *
 * @param kind which of them
 * @param name the name behind the percent signs, or what is asked about
 * @param line the rest of its first line
 * @param body what follows a cell magic's first line
 * @param end the offset in the cell at which it ends
 */
record Magic(Kind kind, String name, String line, String body, int end) {
  enum Kind {
    LINE,
    CELL,
    QUESTION
  }

  private static final Pattern MAGIC = Pattern.compile("(%%?)(\\w*)([^\\n]*)");
  private static final Pattern QUESTION = Pattern.compile("([\\p{L}_$][^\\n?;={}]*)\\?{1,2}\\s*");
  // Quotes keep blanks together; there is no other escape.
  private static final Pattern ARGUMENT = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

  /** The magic that begins at an offset of a cell, null where Java does. */
  static Magic at(String cell, int start) {
    Matcher question = QUESTION.matcher(cell).region(start, cell.length());
    if (question.matches()) {
      return new Magic(Kind.QUESTION, question.group(1).strip(), "", "", cell.length());
    }
    Matcher magic = MAGIC.matcher(cell).region(start, cell.length());
    if (!magic.lookingAt()) {
      return null;
    }
    String line = magic.group(3).strip();
    if (magic.group(1).length() == 1) {
      return new Magic(Kind.LINE, magic.group(2), line, "", magic.end());
    }
    return new Magic(Kind.CELL, magic.group(2), line, cell.substring(magic.end()), cell.length());
  }

  /** The words of its line. */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    Matcher each = ARGUMENT.matcher(line);
    while (each.find()) {
      arguments.add(
          each.group(1) != null
              ? each.group(1)
              : each.group(2) != null ? each.group(2) : each.group(3));
    }
    return arguments;
  }
}
