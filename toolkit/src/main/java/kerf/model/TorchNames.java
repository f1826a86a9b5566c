package kerf.model;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How PyTorch calls the parameters of a module, and how DJL does. */
final class TorchNames {
  private static final Pattern RECURRENT = Pattern.compile("([lr])_(\\d+)_([ih])2h_(WEIGHT|BIAS)");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}|\\D+|\\d+");

  private TorchNames() {}

  /**
   * Gives PyTorch's name.
   *
   * @param name a name in either spelling, such as {@code bn1.runningMean}
   * @return such as {@code bn1.running_mean}; a name of neither kind as it is
   */
  static String of(String name) {
    String module = module(name);
    String local = module.isEmpty() ? name : name.substring(module.length() + 1);
    String torch = local(local);
    return module.isEmpty() ? torch : module + "." + torch;
  }

  private static String local(String name) {
    Matcher recurrent = RECURRENT.matcher(name);
    if (recurrent.matches()) {
      return "%s_%sh_l%s%s"
          .formatted(
              recurrent.group(4).equals("BIAS") ? "bias" : "weight",
              recurrent.group(3),
              recurrent.group(2),
              recurrent.group(1).equals("r") ? "_reverse" : "");
    }
    return switch (name) {
      case "gamma", "embedding" -> "weight";
      case "beta" -> "bias";
      case "runningMean" -> "running_mean";
      case "runningVar" -> "running_var";
      default -> name;
    };
  }

  /** What stands before the last dot: {@code features.0} of {@code features.0.weight}. */
  static String module(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(0, dot);
  }

  /** Compares as people count: {@code 2.weight} before {@code 10.weight}. */
  static int compare(String one, String other) {
    List<String> a = pieces(one);
    List<String> b = pieces(other);
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      int order =
          counted(a.get(i)) && counted(b.get(i))
              ? Integer.compare(Integer.parseInt(a.get(i)), Integer.parseInt(b.get(i)))
              : a.get(i).compareTo(b.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.size(), b.size());
  }

  /**
   * Tells whether two names stand in an order because of a number, and not of the alphabet, which
   * knows nothing of networks.
   */
  static boolean counted(String one, String other) {
    List<String> a = pieces(one);
    List<String> b = pieces(other);
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      if (!a.get(i).equals(b.get(i))) {
        return counted(a.get(i)) && counted(b.get(i));
      }
    }
    return false;
  }

  private static boolean counted(String piece) {
    return piece.length() < 10 && piece.charAt(0) >= '0' && piece.charAt(0) <= '9';
  }

  private static List<String> pieces(String name) {
    List<String> pieces = new ArrayList<>();
    Matcher matcher = NUMBER.matcher(name);
    while (matcher.find()) {
      pieces.add(matcher.group());
    }
    return pieces;
  }
}
