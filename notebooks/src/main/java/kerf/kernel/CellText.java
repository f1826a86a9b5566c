package kerf.kernel;

/**
 * Text that is evaluated, as tracebacks name it.
 *
 * @param name what it is called: {@code cell 4}, or the name of a file
 * @param code all of it, as it was typed
 */
record CellText(String name, String code) {
  static CellText cell(int number, String code) {
    return new CellText("cell " + number, code);
  }

  /** The same place, with nothing in it but what stands from a line, from 1, on. */
  CellText from(int line, String body) {
    return new CellText(name, "\n".repeat(line - 1) + body);
  }

  /** A line of it, from 1; one beyond its ends is the nearest that there is. */
  Place place(int line) {
    String[] lines = code.split("\n", -1);
    int bounded = Math.max(1, Math.min(line, lines.length));
    return new Place(name, bounded, lines[bounded - 1].strip());
  }

  /** A line: of which text, the line from 1, and what it says. */
  record Place(String name, int line, String text) {
    @Override
    public String toString() {
      return name + ", line " + line;
    }
  }
}
