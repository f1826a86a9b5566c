package kerf.argument;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** The names that are known, for the refusal of one that is not. */
public final class Names {
  /** A slip changes one letter in three at most. */
  private static final int LETTERS_A_SLIP = 3;

  private static final int FAR = Integer.MAX_VALUE;

  private Names() {}

  /**
   * Lists the known names, and says which to write where one is near the name that was asked for: a
   * slip of few letters, another case, an l for a 1, or a parameter in place of its layer.
   *
   * @param asked a name that is not among the known
   * @param known the names
   * @return such as {@code fc1, fc2; write fc1}; without a cure if none is near, or several are
   *     equally near
   */
  public static String listed(String asked, Collection<String> known) {
    return String.join(", ", known) + cure(asked, known);
  }

  /**
   * Says which name to write, as {@link #listed} does, for a list of another form.
   *
   * @param asked a name that is not among the known
   * @param known the names
   * @return such as {@code ; write fc1}; empty if none is near, or several are equally near
   */
  public static String cure(String asked, Collection<String> known) {
    List<String> distinct = known.stream().distinct().toList();
    int least = distinct.stream().mapToInt(name -> distance(asked, name)).min().orElse(FAR);
    List<String> nearest =
        distinct.stream().filter(name -> distance(asked, name) == least).toList();
    return nearest.size() == 1 && near(least, asked, nearest.get(0))
        ? "; write " + nearest.get(0)
        : "";
  }

  private static boolean near(int distance, String asked, String name) {
    return distance <= Math.max(asked.length(), name.length()) / LETTERS_A_SLIP;
  }

  private static int distance(String asked, String name) {
    if (asked.startsWith(name + ".") || looks(asked).equals(looks(name))) {
      return 0;
    }
    // Another number is another layer, not a slip.
    return digits(asked).equals(digits(name)) ? edits(looks(asked), looks(name)) : FAR;
  }

  private static String digits(String name) {
    return name.replaceAll("\\D", "");
  }

  /** Letters that look alike are one. */
  private static String looks(String name) {
    return name.toLowerCase(Locale.ROOT).replace('l', '1').replace('i', '1').replace('o', '0');
  }

  /** How many letters are to be put in, left out or changed: Levenshtein's distance. */
  private static int edits(String from, String to) {
    int[] row = new int[to.length() + 1];
    Arrays.setAll(row, i -> i);
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int changed = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
