package kerf.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import kerf.storage.UnreadableFileException;

/**
 * Which array of a file is which parameter of an architecture.
 *
 * @param file the file, for errors
 * @param architecture whose parameters are looked for
 * @param shapes the file's arrays, by PyTorch's names
 * @param order of the file's modules
 */
record Matching(
    Path file, Architecture architecture, Map<String, long[]> shapes, ModuleOrder order) {

  /** The names in the file by parameter name; states that the file lacks are left out. */
  Map<String, String> names() {
    Map<String, String> names = new LinkedHashMap<>();
    boolean named = true;
    for (ParameterSpec spec : architecture.structure().parameters()) {
      String name = TorchNames.of(spec.name());
      if (shapes.containsKey(name)) {
        names.put(spec.name(), name);
      } else {
        named &= state(spec);
      }
    }
    if (!named) {
      return byOrder();
    }
    requireShapes(names);
    requireAllTaken(names);
    return names;
  }

  /** What a block counts while it trains is no business of PyTorch's; it starts from 0. */
  private static boolean state(ParameterSpec spec) {
    return spec.role() == ParameterSpec.Role.STATE || spec.role() == ParameterSpec.Role.EPOCH;
  }

  private void requireShapes(Map<String, String> names) {
    for (ParameterSpec spec : architecture.structure().parameters()) {
      String name = names.get(spec.name());
      if (name != null && !Arrays.equals(spec.shape(), shapes.get(name))) {
        throw refusal(spec.toString(), name + Arrays.toString(shapes.get(name)));
      }
    }
  }

  private void requireAllTaken(Map<String, String> names) {
    List<String> left = new ArrayList<>(shapes.keySet());
    left.removeAll(names.values());
    if (!left.isEmpty()) {
      throw refusal("no other parameters", described(left));
    }
  }

  private Map<String, String> byOrder() {
    Map<String, List<String>> free = new LinkedHashMap<>();
    Map<String, Map<String, String>> modules = modules();
    for (String module : order.sorted(List.copyOf(modules.keySet()))) {
      String signature = signature(modules.get(module));
      free.computeIfAbsent(signature, s -> new ArrayList<>()).add(module);
    }
    Map<String, String> names = new LinkedHashMap<>();
    Map<String, Integer> used = new LinkedHashMap<>();
    layers()
        .forEach(
            (layer, parameters) -> {
              Map<String, String> own = new TreeMap<>();
              parameters.forEach(spec -> own.put(local(spec), Arrays.toString(spec.shape())));
              List<String> alike = free.getOrDefault(signature(own), List.of());
              int next = used.merge(signature(own), 1, Integer::sum) - 1;
              if (next >= alike.size()) {
                throw refusal(layer + " with " + signature(own), left(names));
              }
              parameters.forEach(
                  spec -> names.put(spec.name(), join(alike.get(next), local(spec))));
            });
    requireAllTaken(names);
    free.values().forEach(order::requireCounted);
    return names;
  }

  private Map<String, Map<String, String>> modules() {
    Map<String, Map<String, String>> modules = new LinkedHashMap<>();
    shapes.forEach(
        (name, shape) -> {
          String module = TorchNames.module(name);
          String local = module.isEmpty() ? name : name.substring(module.length() + 1);
          modules.computeIfAbsent(module, m -> new TreeMap<>()).put(local, Arrays.toString(shape));
        });
    return modules;
  }

  private Map<String, List<ParameterSpec>> layers() {
    return architecture.structure().parameters().stream()
        .filter(spec -> !state(spec))
        .collect(
            Collectors.groupingBy(ParameterSpec::layer, LinkedHashMap::new, Collectors.toList()));
  }

  private static String local(ParameterSpec spec) {
    String name = TorchNames.of(spec.name());
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private static String join(String module, String local) {
    return module.isEmpty() ? local : module + "." + local;
  }

  private static String signature(Map<String, String> shapes) {
    return shapes.entrySet().stream()
        .map(entry -> entry.getKey() + entry.getValue())
        .collect(Collectors.joining(", "));
  }

  private String left(Map<String, String> names) {
    List<String> left = new ArrayList<>(shapes.keySet());
    left.removeAll(names.values());
    return left.isEmpty() ? "nothing more" : described(left);
  }

  private String described(List<String> names) {
    String some =
        names.stream()
            .sorted(TorchNames::compare)
            .limit(6)
            .map(name -> name + Arrays.toString(shapes.get(name)))
            .collect(Collectors.joining(", "));
    return names.size() > 6 ? some + " and %d more".formatted(names.size() - 6) : some;
  }

  private UnreadableFileException refusal(String expected, String found) {
    return new UnreadableFileException(
        file,
        "%s for %s".formatted(expected, architecture.describe()),
        found,
        "load it by the architecture that it was saved from");
  }
}
