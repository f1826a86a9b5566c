package kerf.notebook;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * The page of all words: their first sentences from the sources of {@code kerf.notebook}, and the
 * examples of {@code examples.txt}.
 */
final class CheatSheet {
  private static final Path SOURCES = Path.of("src/main/java/kerf/notebook");

  /** Words for one subject: what the class says of itself, and each word's first sentence. */
  record Topic(String title, Map<String, String> words) {}

  private CheatSheet() {}

  /** The examples by word, in the order of the file. */
  static Map<String, List<String>> examples() throws IOException {
    Map<String, List<String>> examples = new LinkedHashMap<>();
    for (String line :
        Files.readAllLines(Path.of("src/test/resources/kerf/notebook/examples.txt"))) {
      if (!line.isBlank() && !line.startsWith("#")) {
        String[] parts = line.split("\\s+", 2);
        examples.computeIfAbsent(parts[0], word -> new ArrayList<>()).add(parts[1]);
      }
    }
    return examples;
  }

  /** The topics, in the order in which {@link Kerf} inherits them. */
  static List<Topic> topics() throws IOException {
    List<Topic> topics = new ArrayList<>();
    for (Class<?> words = Kerf.class.getSuperclass();
        words != Object.class;
        words = words.getSuperclass()) {
      topics.add(0, topic(SOURCES.resolve(words.getSimpleName() + ".java")));
    }
    return topics;
  }

  private static Topic topic(Path source) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    var files = compiler.getStandardFileManager(null, null, null);
    JavacTask task =
        (JavacTask)
            compiler.getTask(
                null, files, null, List.of("-proc:none"), null, files.getJavaFileObjects(source));
    CompilationUnitTree unit = task.parse().iterator().next();
    DocTrees docs = DocTrees.instance(task);
    ClassTree type = (ClassTree) unit.getTypeDecls().get(0);
    TreePath path = new TreePath(new TreePath(unit), type);
    Map<String, String> words = new LinkedHashMap<>();
    for (Tree member : type.getMembers()) {
      if (member instanceof MethodTree method
          && method.getModifiers().getFlags().contains(Modifier.PUBLIC)) {
        words.putIfAbsent(method.getName().toString(), sentence(docs, new TreePath(path, member)));
      } else if (member instanceof VariableTree constant) {
        words.put(constant.getName().toString(), sentence(docs, new TreePath(path, member)));
      }
    }
    String title = sentence(docs, path).replaceFirst("^Words (for|that|of) (what is )?", "");
    return new Topic(
        title.substring(0, 1).toUpperCase() + title.substring(1).replaceFirst("\\.$", ""), words);
  }

  private static String sentence(DocTrees docs, TreePath path) {
    DocCommentTree comment = docs.getDocCommentTree(path);
    if (comment == null) {
      throw new IllegalStateException("no javadoc at " + path.getLeaf());
    }
    StringBuilder text = new StringBuilder();
    comment.getFirstSentence().forEach(text::append);
    return text.toString()
        .replaceAll("\\s+", " ")
        .replaceAll("\\{@code ([^}]*)\\}", "`$1`")
        .replaceAll("\\{@link #?([^}]*)\\}", "`$1`")
        .replace("|", "\\|");
  }

  /** The page, in Markdown. */
  static String page() throws IOException {
    Map<String, List<String>> examples = examples();
    StringBuilder page =
        new StringBuilder(
            """
            # All words

            `import static kerf.notebook.Kerf.*;` brings them. In the examples `network`, `dense` and \
            `retrained` are networks, `quantized` is a quantized network, `data` a data set, \
            `samples` a part of one, `plan` a `training()`. Press Shift and Tab on a word in a \
            notebook for all it says.
            """);
    for (Topic topic : topics()) {
      page.append("\n## ").append(topic.title()).append("\n\n| word | what it is | example |\n");
      page.append("|---|---|---|\n");
      topic
          .words()
          .forEach(
              (word, sentence) ->
                  page.append(
                      "| `%s` | %s | `%s` |\n"
                          .formatted(word, sentence, examples.get(word).get(0))));
    }
    return page.toString();
  }

  /** A class that holds every example, as a cell would. */
  static String program() throws IOException {
    StringBuilder program =
        new StringBuilder(
            """
            import static kerf.notebook.Kerf.*;
            class Examples {
              kerf.model.Network network, dense, retrained;
              kerf.quantization.Quantized quantized;
              kerf.data.Dataset data;
              kerf.data.Samples samples;
              kerf.training.Training plan;
              kerf.mask.Mask mask;
              ai.djl.nn.Block block;
              record Point(double sparsity, String criterion, double accuracy) {}
              java.util.List<Point> rows;
              void run() {
            """);
    int count = 0;
    for (List<String> all : examples().values()) {
      for (String example : all) {
        program.append(
            example.contains(".save(")
                ? "    %s;\n".formatted(example)
                : "    var x%d = %s;\n".formatted(count++, example));
      }
    }
    return program.append("  }\n}\n").toString();
  }

  /** What the compiler says of {@link #program}, nothing where it compiles. */
  static List<String> complaints(Path folder) throws IOException {
    Path source = Files.writeString(folder.resolve("Examples.java"), program());
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> complaints = new ArrayList<>();
    var files = compiler.getStandardFileManager(null, null, null);
    compiler
        .getTask(
            null,
            files,
            found -> complaints.add(found.toString()),
            Stream.of("-proc:none", "-d", folder.toString(), "-cp", classPath()).toList(),
            null,
            files.getJavaFileObjects(source))
        .call();
    return complaints;
  }

  private static String classPath() {
    // Surefire may put the class path into a manifest, which the compiler reads as well.
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
        + File.pathSeparator
        + Path.of("target/classes");
  }
}
