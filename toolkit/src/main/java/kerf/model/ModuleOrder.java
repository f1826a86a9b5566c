package kerf.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import kerf.storage.UnreadableFileException;

/**
 * In which order a network has the modules of a file.
 *
 * @param file whose modules they are
 * @param kept whether the file keeps its modules' order
 * @param beginnings of module names, in order; may be empty
 */
record ModuleOrder(Path file, boolean kept, List<String> beginnings) {

  static ModuleOrder of(Path file, boolean kept, List<String> beginnings) {
    return new ModuleOrder(file, kept, List.copyOf(beginnings));
  }

  /** Puts modules in order. */
  List<String> sorted(List<String> modules) {
    if (kept && beginnings.isEmpty()) {
      return modules;
    }
    List<String> sorted = new ArrayList<>(modules);
    sorted.sort(Comparator.comparingInt(this::place).thenComparing(TorchNames::compare));
    return sorted;
  }

  private int place(String module) {
    if (beginnings.isEmpty()) {
      return 0;
    }
    for (int i = 0; i < beginnings.size(); i++) {
      if (module.startsWith(beginnings.get(i))) {
        return i;
      }
    }
    throw new IllegalArgumentException(
        "each module of %s must begin with one of %s, found %s"
            .formatted(file, String.join(", ", beginnings), module));
  }

  /** Refuses to take the alphabet for an order: two modules that could be either of two layers. */
  void requireCounted(List<String> alike) {
    for (int i = 1; i < alike.size() && !kept && beginnings.isEmpty(); i++) {
      String one = alike.get(i - 1);
      String other = alike.get(i);
      if (!TorchNames.counted(one, other)) {
        throw new UnreadableFileException(
            file,
            "names that tell the order of modules of equal shapes",
            "%s and %s".formatted(one, other),
            "say it yourself, as in load(file, \"%s\", \"%s\"), with a beginning for every module"
                .formatted(one, other));
      }
    }
  }
}
