package kerf.kernel;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers which cell, from which line on, each JShell snippet was cut from. */
final class CellMap {
  /** A line of a cell: the cell's execution count, the line from 1, and its text. */
  record Place(int cell, int line, String text) {
    @Override
    public String toString() {
      return "cell " + cell + ", line " + line;
    }
  }

  private record Origin(int cell, int firstLine, String code) {}

  private final Map<String, Origin> origins = new ConcurrentHashMap<>();

  /**
   * @param snippet JShell's name for it
   * @param cell the execution count of its cell
   * @param firstLine the line of the cell, from 1, on which the snippet begins
   * @param code the whole cell
   */
  void add(String snippet, int cell, int firstLine, String code) {
    origins.put(snippet, new Origin(cell, firstLine, code));
  }

  /** Where line {@code line}, from 1, of a snippet stands in its cell. */
  Optional<Place> place(String snippet, int line) {
    return Optional.ofNullable(origins.get(snippet))
        .map(origin -> place(origin.cell, origin.code, origin.firstLine + line - 1));
  }

  static Place place(int cell, String code, int line) {
    String[] lines = code.split("\n", -1);
    int bounded = Math.max(1, Math.min(line, lines.length));
    return new Place(cell, bounded, lines[bounded - 1].strip());
  }
}
