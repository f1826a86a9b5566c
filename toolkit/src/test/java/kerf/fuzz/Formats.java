package kerf.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import kerf.experiment.lottery.UnitFileFormat;
import kerf.export.OnnxFormat;

/** The formats that are fuzzed. */
final class Formats {
  private Formats() {}

  static List<Format> all() {
    List<Format> all = new ArrayList<>();
    all.addAll(ArrayFormats.all());
    all.addAll(NetworkFormats.all());
    all.addAll(DataFormats.all());
    all.add(UnitFileFormat.format());
    all.add(OnnxFormat.format());
    return all;
  }

  /**
   * Those asked for.
   *
   * @param names of formats, with commas between; blank for all
   */
  static List<Format> named(String names) {
    List<Format> all = all();
    if (names.isBlank()) {
      return all;
    }
    return List.of(names.split(",")).stream()
        .map(
            name ->
                all.stream()
                    .filter(format -> format.name().equals(name.strip()))
                    .findFirst()
                    .orElseThrow(
                        () ->
                            new IllegalArgumentException(
                                "kerf.fuzz.format must be some of %s, found %s"
                                    .formatted(
                                        all.stream()
                                            .map(Format::name)
                                            .collect(Collectors.joining(", ")),
                                        name))))
        .toList();
  }
}
