package kerf.kernel;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.dflib.jjava.jupyter.kernel.magic.MagicParser;
import org.dflib.jjava.jupyter.kernel.magic.MagicTranspiler;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;
import org.dflib.jjava.jupyter.kernel.util.PathsHandler;

/**
 * The magics that notebooks written for IJava and JJava begin with. The class path of this kernel
 * is complete from the start, so they have little to do.
 */
final class Magics {
  private Magics() {}

  /** As stock JJava reads them: at the start of a line, or after an equals sign. */
  static MagicParser parser() {
    return new MagicParser("(?<=(?:^|=))\\s*%", "%%", new MagicTranspiler());
  }

  static MagicsRegistry registry() {
    return new MagicsRegistry()
        .registerLineMagic("maven", (JavaKernel kernel, List<String> args) -> maven(args))
        .registerLineMagic("classpath", (JavaKernel kernel, List<String> args) -> add(kernel, args))
        .registerLineMagic("jars", (JavaKernel kernel, List<String> args) -> add(kernel, args));
  }

  /** The cell with its magics turned into Java; the lines stay where they are. */
  static String resolve(MagicParser parser, String cell) {
    return cell.contains("%") ? parser.resolveMagics(cell) : cell;
  }

  private static Void maven(List<String> coordinates) {
    for (String coordinate : coordinates) {
      String[] parts = coordinate.split(":");
      String artifact = parts.length > 1 ? parts[1] : coordinate;
      if (!onClassPath(artifact)) {
        throw new IllegalArgumentException(
            "%maven takes artifacts that are on the class path, found "
                + coordinate
                + "; this kernel downloads nothing: add its jar with %classpath PATH");
      }
      System.out.println(coordinate + " is on the class path");
    }
    return null;
  }

  private static boolean onClassPath(String artifact) {
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      String file = String.valueOf(Path.of(entry).getFileName());
      if (file.equals(artifact + ".jar") || file.matches("\\Q" + artifact + "\\E-\\d.*\\.jar")) {
        return true;
      }
    }
    return false;
  }

  private static String add(JavaKernel kernel, List<String> globs) {
    String path =
        globs.stream()
            .flatMap(glob -> PathsHandler.resolveGlobs(glob).stream())
            .map(entry -> entry.toAbsolutePath().normalize())
            .filter(Files::exists)
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    if (path.isEmpty()) {
      throw new IllegalArgumentException(
          "%classpath takes paths or globs of jars, found nothing at " + String.join(" ", globs));
    }
    kernel.addToClasspath(path);
    return path;
  }
}
