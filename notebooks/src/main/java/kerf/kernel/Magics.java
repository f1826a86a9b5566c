package kerf.kernel;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;
import org.dflib.jjava.jupyter.kernel.util.PathsHandler;

/** The magics of IJava and JJava; extensions may register more. */
final class Magics {
  private static final String CODE = "is run by the kernel itself";

  private final JavaKernel kernel;

  Magics(JavaKernel kernel) {
    this.kernel = kernel;
  }

  static MagicsRegistry registry() {
    MavenMagics maven = new MavenMagics();
    return new MagicsRegistry()
        .registerLineMagic(
            "maven", (JavaKernel kernel, List<String> args) -> maven.add(kernel, args))
        .registerLineMagic(
            "addMavenDependency", (JavaKernel kernel, List<String> args) -> maven.add(kernel, args))
        .registerLineMagic(
            "mavenRepo", (JavaKernel kernel, List<String> args) -> maven.repository(args))
        .registerLineMagic(
            "loadFromPOM", (JavaKernel kernel, List<String> args) -> maven.pom(kernel, args))
        .registerCellMagic(
            "loadFromPOM",
            (JavaKernel kernel, List<String> args, String body) -> maven.pom(kernel, args, body))
        .registerLineMagic("classpath", (JavaKernel kernel, List<String> args) -> add(kernel, args))
        .registerLineMagic("jars", (JavaKernel kernel, List<String> args) -> add(kernel, args))
        // Code of the user is evaluated where pieces of cells are, not within a call: see perform.
        .registerLineMagic("time", (JavaKernel kernel, List<String> args) -> CODE)
        .registerCellMagic("time", (JavaKernel kernel, List<String> args, String body) -> CODE)
        .registerLineMagic("load", (JavaKernel kernel, List<String> args) -> CODE);
  }

  /** The value of a magic that stands at a line of a cell; null for none. */
  Object perform(Magic magic, CellText text, int line) throws Exception {
    MagicsRegistry known = kernel.getMagicsRegistry();
    if (magic.kind() == Magic.Kind.QUESTION) {
      DisplayData help = kernel.inspect(magic.name(), magic.name().length(), true);
      return help != null ? help : new DisplayData("nothing is known of " + magic.name());
    }
    boolean ofCell = magic.kind() == Magic.Kind.CELL;
    var names = new TreeSet<>(ofCell ? known.getCellMagicNames() : known.getLineMagicNames());
    if (!names.contains(magic.name())) {
      String percent = ofCell ? "%%" : "%";
      throw new IllegalArgumentException(
          "no magic is called "
              + percent
              + magic.name()
              + "; there are "
              + names.stream().map(name -> percent + name).collect(Collectors.joining(", ")));
    }
    if (magic.name().equals("time")) {
      return time(text.from(line, magic.line() + magic.body()));
    }
    if (magic.name().equals("load")) {
      return load(magic.arguments());
    }
    return kernel
        .runner()
        .call(
            () ->
                ofCell
                    ? known.evalCellMagic(kernel, magic.name(), magic.arguments(), magic.body())
                    : known.evalLineMagic(kernel, magic.name(), magic.arguments()));
  }

  private Object time(CellText code) throws Failure {
    long start = System.nanoTime();
    try {
      return kernel.evaluate(code);
    } finally {
      System.out.printf("wall time: %.3f s%n", (System.nanoTime() - start) / 1e9);
    }
  }

  private Object load(List<String> files) throws IOException, Failure {
    if (files.size() != 1 || !Files.isRegularFile(Path.of(files.get(0)))) {
      throw new IllegalArgumentException(
          "%load takes the path of a Java file or a notebook, found " + String.join(" ", files));
    }
    Path file = Path.of(files.get(0));
    String text = Files.readString(file);
    if (!file.toString().endsWith(".ipynb")) {
      kernel.evaluate(new CellText(String.valueOf(file.getFileName()), text));
      return null;
    }
    int number = 0;
    for (JsonElement cell :
        JsonParser.parseString(text).getAsJsonObject().getAsJsonArray("cells")) {
      if (cell.getAsJsonObject().get("cell_type").getAsString().equals("code")) {
        String name = file.getFileName() + " cell " + ++number;
        kernel.evaluate(new CellText(name, source(cell.getAsJsonObject().get("source"))));
      }
    }
    return null;
  }

  /** A notebook keeps a cell's text as one string, or as one a line. */
  private static String source(JsonElement source) {
    return source.isJsonArray()
        ? StreamSupport.stream(source.getAsJsonArray().spliterator(), false)
            .map(JsonElement::getAsString)
            .collect(Collectors.joining())
        : source.getAsString();
  }

  private static Void add(JavaKernel kernel, List<String> globs) {
    String path =
        globs.stream()
            .flatMap(glob -> PathsHandler.resolveGlobs(glob).stream())
            .map(entry -> entry.toAbsolutePath().normalize())
            .filter(Files::exists)
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    if (path.isEmpty()) {
      throw new IllegalArgumentException(
          "%classpath and %jars take paths or globs of jars, found nothing at "
              + String.join(" ", globs));
    }
    kernel.addToClasspath(path);
    return null;
  }
}
