package kerf.kernel;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * The comments of members whose sources lie beside the jar of their class, as {@code
 * NAME-sources.jar}: so Maven lays them down, and so this project builds them.
 */
final class Javadoc {
  private static final Map<String, Map<String, String>> READ = new ConcurrentHashMap<>();

  private Javadoc() {}

  /**
   * The comment of a member, as plain text.
   *
   * @param owner the class that declares it
   * @param member its name
   * @param parameters the simple names of its parameters' types, null for a field
   */
  static Optional<String> of(Class<?> owner, String member, List<String> parameters) {
    Class<?> outermost = owner;
    while (outermost.getEnclosingClass() != null) {
      outermost = outermost.getEnclosingClass();
    }
    Class<?> file = outermost;
    Map<String, String> comments =
        READ.computeIfAbsent(
            file.getName(), name -> source(file).map(Javadoc::comments).orElse(Map.of()));
    String signature = key(owner.getSimpleName(), member, parameters);
    return Optional.ofNullable(comments.get(signature)).map(JavadocText::plain);
  }

  private static String key(String owner, String member, List<String> parameters) {
    return owner + "." + member + (parameters == null ? "" : parameters);
  }

  private static Optional<String> source(Class<?> type) {
    CodeSource from = type.getProtectionDomain().getCodeSource();
    if (from == null || from.getLocation() == null) {
      return Optional.empty();
    }
    try {
      Path jar = Path.of(from.getLocation().toURI());
      Path sources =
          jar.resolveSibling(jar.getFileName().toString().replaceFirst("\\.jar$", "-sources.jar"));
      if (sources.equals(jar) || !Files.isRegularFile(sources)) {
        return Optional.empty();
      }
      try (ZipFile zip = new ZipFile(sources.toFile())) {
        ZipEntry entry = zip.getEntry(type.getName().replace('.', '/') + ".java");
        if (entry == null) {
          return Optional.empty();
        }
        try (InputStream stream = zip.getInputStream(entry)) {
          return Optional.of(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        }
      }
    } catch (IOException | URISyntaxException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** All comments of a source file, by class, member and types of parameters. */
  static Map<String, String> comments(String source) {
    Map<String, String> comments = new ConcurrentHashMap<>();
    JavacTask task =
        (JavacTask)
            ToolProvider.getSystemJavaCompiler()
                .getTask(
                    null, null, problem -> {}, List.of("-proc:none"), null, List.of(file(source)));
    DocTrees trees = DocTrees.instance(task);
    try {
      for (CompilationUnitTree unit : task.parse()) {
        new Members(trees, comments).scan(new TreePath(unit), null);
      }
    } catch (IOException e) {
      return Map.of();
    }
    return comments;
  }

  private static JavaFileObject file(String source) {
    return new SimpleJavaFileObject(
        URI.create("string:///Source.java"), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return source;
      }
    };
  }

  private static final class Members extends TreePathScanner<Void, Void> {
    private final DocTrees trees;
    private final Map<String, String> comments;

    Members(DocTrees trees, Map<String, String> comments) {
      this.trees = trees;
      this.comments = comments;
    }

    @Override
    public Void visitMethod(MethodTree method, Void nothing) {
      List<String> parameters =
          method.getParameters().stream().map(each -> simple(each.getType().toString())).toList();
      put(method.getName().toString(), parameters);
      return null;
    }

    @Override
    public Void visitVariable(VariableTree field, Void nothing) {
      put(field.getName().toString(), null);
      return null;
    }

    private void put(String member, List<String> parameters) {
      String comment = trees.getDocComment(getCurrentPath());
      Tree owner = getCurrentPath().getParentPath().getLeaf();
      if (comment != null && owner instanceof ClassTree type) {
        comments.put(key(type.getSimpleName().toString(), member, parameters), comment);
      }
    }
  }

  /** {@code List<kerf.model.Network>} is a {@code List}, {@code long...} a {@code long[]}. */
  static String simple(String type) {
    String erased = type.replaceAll("<.*>", "").replace("...", "[]").replaceAll("@\\w+\\s+", "");
    return erased.substring(erased.lastIndexOf('.') + 1).strip();
  }
}
