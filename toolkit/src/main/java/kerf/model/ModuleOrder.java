package kerf.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import kerf.storage.UnreadableFileException;

/**
 * In which order a network has the modules of a file: as said, else by the numbers in their names.
 * The order in the file is none: safetensors files keep none, and whoever makes an npz of one
 * writes the alphabet's.
 *
 * @param file whose modules they are
 * @param beginnings of module names, in order; may be empty
 */
record ModuleOrder(Path file, List<String> beginnings) {

  static ModuleOrder of(Path file, List<String> beginnings) {
    return new ModuleOrder(file, List.copyOf(beginnings));
  }

  /** Puts modules in order. */
  List<String> sorted(List<String> modules) {
    List<String> sorted = new ArrayList<>(modules);
    sorted.sort(Comparator.comparingInt(this::place).thenComparing(TorchNames::compare));
    return sorted;
  }

  /** The place of the longest beginning: {@code layer1} is one of {@code layer10} as well. */
  private int place(String module) {
    if (beginnings.isEmpty()) {
      return 0;
    }
    int place = -1;
    for (int i = 0; i < beginnings.size(); i++) {
      boolean longer = place < 0 || beginnings.get(i).length() > beginnings.get(place).length();
      if (longer && module.startsWith(beginnings.get(i))) {
        place = i;
      }
    }
    if (place < 0) {
      throw new IllegalArgumentException(
          "each module of %s must begin with one of %s, found %s"
              .formatted(file, String.join(", ", beginnings), module));
    }
    return place;
  }

  /** Refuses to take the alphabet for an order: two modules that could be either of two layers. */
  void requireCounted(List<String> alike) {
    for (int i = 1; i < alike.size(); i++) {
      String one = alike.get(i - 1);
      String other = alike.get(i);
      if (place(one) == place(other) && !TorchNames.counted(one, other)) {
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
