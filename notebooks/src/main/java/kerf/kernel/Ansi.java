package kerf.kernel;

/** The one colour of tracebacks; front ends and terminals both understand it. */
final class Ansi {
  private Ansi() {}

  static String error(String text) {
    return "\u001b[1;31m" + text + "\u001b[0m";
  }

  static String plain(String text) {
    return text.replaceAll("\u001b\\[[0-9;]*m", "");
  }
}
