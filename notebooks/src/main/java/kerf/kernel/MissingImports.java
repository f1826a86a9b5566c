package kerf.kernel;

import java.io.IOException;
import java.lang.module.ModuleDescriptor.Exports;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kerf.notebook.Kerf;

/** Which import a name that the compiler does not find may want: of Kerf, or of the JDK. */
final class MissingImports {
  /** The compiler's third line of such an error, or what JShell says of an open declaration. */
  private static final Pattern SYMBOL =
      Pattern.compile("(?:symbol:\\s*)?\\b(class|variable|method) ([\\p{L}_$][\\w$]*)");

  private static final Pattern REFUSED =
      Pattern.compile(".*: ([\\w.]+) cannot be converted to ([\\w.]+)");

  private static final int MOST = 3;

  private MissingImports() {}

  /** The hint to what the compiler or JShell says is missing; empty where there is none. */
  static Optional<String> hint(String missing) {
    Matcher symbol = SYMBOL.matcher(missing);
    if (!symbol.find()) {
      return Optional.empty();
    }
    String name = symbol.group(2);
    if (!symbol.group(1).equals("class") && isWord(name)) {
      return Optional.of(name + " is a word of Kerf: import static kerf.notebook.Kerf.*;");
    }
    List<String> types = symbol.group(1).equals("method") ? List.of() : types(name);
    return types.isEmpty()
        ? Optional.empty()
        : Optional.of(
            name
                + " needs an import: "
                + types.stream().map("import %s;"::formatted).collect(Collectors.joining(" or ")));
  }

  /**
   * How a variable is declared that is to hold a value of a wider type: the hint to {@code var net
   * = lenet5().train(...); net = pruning().prune(net);}.
   */
  static Optional<String> wider(String message, String line) {
    Matcher refused = REFUSED.matcher(message);
    Matcher assigned = Pattern.compile("^\\s*(\\w+)\\s*=[^=]").matcher(line);
    if (!refused.matches() || !assigned.find()) {
      return Optional.empty();
    }
    Optional<Class<?>> wide = type(refused.group(1));
    Optional<Class<?>> narrow = type(refused.group(2));
    if (wide.isEmpty() || narrow.isEmpty() || !wide.get().isAssignableFrom(narrow.get())) {
      return Optional.empty();
    }
    return Optional.of(
        "%s is a %s; to hold both, declare it as a %3$s: import %4$s; %3$s %1$s = ..."
            .formatted(
                assigned.group(1),
                narrow.get().getSimpleName(),
                wide.get().getSimpleName(),
                wide.get().getName()));
  }

  private static boolean isWord(String name) {
    return Stream.concat(
            Arrays.stream(Kerf.class.getMethods()), Arrays.stream(Kerf.class.getFields()))
        .anyMatch(
            member -> Modifier.isStatic(member.getModifiers()) && member.getName().equals(name));
  }

  /**
   * Public types of that name: Kerf's, else those of java.base, else those of the other modules.
   */
  private static List<String> types(String name) {
    List<String> ours = kerf(name).stream().map(Class::getName).toList();
    if (!ours.isEmpty()) {
      return ours;
    }
    List<String> base = jdk(name, "java.base");
    return base.isEmpty() ? jdk(name, "java\\..*") : base;
  }

  private static List<String> jdk(String name, String modules) {
    return ModuleLayer.boot().modules().stream()
        .filter(module -> module.getName().matches(modules))
        .flatMap(module -> module.getDescriptor().exports().stream())
        .filter(exports -> !exports.isQualified())
        .map(Exports::source)
        .sorted()
        .flatMap(room -> type(room + "." + name).stream())
        .map(Class::getName)
        .limit(MOST)
        .toList();
  }

  private static List<Class<?>> kerf(String name) {
    return packages().stream()
        .<Class<?>>flatMap(room -> type(room + "." + name).stream())
        .limit(MOST)
        .toList();
  }

  private static Optional<Class<?>> type(String name) {
    try {
      Class<?> type = Class.forName(name, false, MissingImports.class.getClassLoader());
      return Modifier.isPublic(type.getModifiers()) ? Optional.of(type) : Optional.empty();
    } catch (ClassNotFoundException | LinkageError e) {
      // On a file system that does not tell case apart, a wrong case is a LinkageError.
      return Optional.empty();
    }
  }

  /** The packages of the toolkit, which is a jar, or a folder in its own tests. */
  private static TreeSet<String> packages() {
    try {
      Path place = Path.of(Kerf.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (Files.isDirectory(place)) {
        return packages(place);
      }
      try (FileSystem jar = FileSystems.newFileSystem(place)) {
        return packages(jar.getPath("/"));
      }
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException("cannot read the toolkit's packages: " + e.getMessage(), e);
    }
  }

  private static TreeSet<String> packages(Path root) throws IOException {
    try (Stream<Path> folders = Files.walk(root.resolve("kerf"))) {
      return folders
          .filter(Files::isDirectory)
          .map(folder -> root.relativize(folder).toString().replace('\\', '/'))
          .map(folder -> folder.replaceAll("/$", "").replace('/', '.'))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
