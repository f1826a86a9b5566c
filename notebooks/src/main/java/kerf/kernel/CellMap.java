package kerf.kernel;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers which cell, from which line on, each JShell snippet was cut from. */
final class CellMap {
  private record Origin(CellText text, int firstLine) {}

  private final Map<String, Origin> origins = new ConcurrentHashMap<>();

  /**
   * @param snippet JShell's name for it
   * @param text the whole cell
   * @param firstLine the line of the cell, from 1, on which the snippet begins
   */
  void add(String snippet, CellText text, int firstLine) {
    origins.put(snippet, new Origin(text, firstLine));
  }

  /** Where line {@code line}, from 1, of a snippet stands in its cell. */
  Optional<CellText.Place> place(String snippet, int line) {
    return Optional.ofNullable(origins.get(snippet))
        .map(origin -> origin.text.place(origin.firstLine + line - 1));
  }
}
