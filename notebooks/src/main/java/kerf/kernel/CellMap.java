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

  private record Origin(int cell, int firstLine, String source) {}

  private final Map<String, Origin> origins = new ConcurrentHashMap<>();

  /** {@code firstLine} is the line of the cell, from 1, on which the snippet's source begins. */
  void add(String snippet, int cell, int firstLine, String source) {
    origins.put(snippet, new Origin(cell, firstLine, source));
  }

  /** Where line {@code line}, from 1, of a snippet stands in its cell. */
  Optional<Place> place(String snippet, int line) {
    return Optional.ofNullable(origins.get(snippet))
        .map(origin -> place(origin.cell, origin.firstLine, origin.source, line));
  }

  static Place place(int cell, int firstLine, String source, int line) {
    String[] lines = source.split("\n", -1);
    int index = Math.max(0, Math.min(line, lines.length) - 1);
    return new Place(cell, firstLine + index, lines[index].strip());
  }
}
