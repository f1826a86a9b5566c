package kerf.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import kerf.data.DataFileException;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Wrong calls, and the sentence that each must give: {@code wrong-calls.txt}, a call and, indented,
 * its sentence; {@code …} stands for what differs from run to run. A word or a verb without a row
 * there fails here.
 */
class WrongCallsTest {
  private static final Map<String, String> CALLS = calls();

  /** What was wrong, said in one of these ways. */
  private static final Pattern FAULT =
      Pattern.compile("found |; it has |; there are |; its columns are |, only at ");

  @TestFactory
  Stream<DynamicTest> everyWrongCallIsRefusedInASentence(@TempDir Path folder) throws Exception {
    Map<String, Runnable> compiled = compiled(folder);
    return CALLS.entrySet().stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.getKey(), () -> refuses(compiled.get(row.getKey()), row.getValue())));
  }

  @Test
  void everySentenceNamesTheFault() {
    assertThat(CALLS.values()).allMatch(FAULT.asPredicate());
  }

  @Test
  void everyWordThatTakesSomethingHasARow() {
    Stream<Method> words =
        PublicMethods.words().stream()
            .filter(word -> !List.of(word.getParameterTypes()).equals(List.of(long.class)));
    assertThat(without(words, "(?<![.\\w])")).isEmpty();
  }

  /** What else refinements and verbs take, null tests. */
  @Test
  void everyRefinementByANumberHasARow() {
    assertThat(
            without(
                PublicMethods.all().methods().stream()
                    .filter(NullArgumentsTest::forCells)
                    .filter(WrongCallsTest::refines),
                "(?<!\\w)"))
        .isEmpty();
  }

  private static List<String> without(Stream<Method> methods, String before) {
    String all = String.join("\n", CALLS.keySet());
    return methods
        .filter(method -> method.getParameterCount() > 0)
        .map(Method::getName)
        .distinct()
        .filter(Predicate.not(name -> Pattern.compile(before + name + "\\(").matcher(all).find()))
        .toList();
  }

  /** A refinement of a plan by a number; any number is right as a seed. */
  private static boolean refines(Method method) {
    return !Modifier.isStatic(method.getModifiers())
        && method.getReturnType().isAssignableFrom(method.getDeclaringClass())
        && takesNumbers(method);
  }

  private static boolean takesNumbers(Method method) {
    return Stream.of(method.getParameterTypes())
        .anyMatch(type -> type == int.class || type == double.class || type == float.class);
  }

  private static void refuses(Runnable call, String sentence) {
    Throwable answer = null;
    try {
      call.run();
    } catch (Throwable e) {
      answer = e;
    }
    assertThat(answer).as("accepted").isNotNull();
    assertThat(answer)
        .isInstanceOfAny(
            IllegalArgumentException.class,
            IllegalStateException.class,
            UncheckedIOException.class,
            DataFileException.class);
    assertThat(answer.getMessage())
        .matches(
            Stream.of(sentence.split("…", -1))
                .map(Pattern::quote)
                .collect(Collectors.joining(".*")));
  }

  private static Map<String, String> calls() {
    Map<String, String> calls = new LinkedHashMap<>();
    String call = null;
    for (String line : text("wrong-calls.txt").lines().toList()) {
      if (line.startsWith("    ")) {
        calls.put(call, line.strip());
      } else if (!line.isBlank() && !line.startsWith("#")) {
        call = line;
      }
    }
    return calls;
  }

  private static String text(String name) {
    try (var in = WrongCallsTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The calls as Java: what a cell would run, compiled once for all. */
  private static Map<String, Runnable> compiled(Path folder) throws Exception {
    List<String> lambdas = new ArrayList<>();
    int place = 0;
    for (String call : CALLS.keySet()) {
      lambdas.add("all.put(%d, () -> { %s; });".formatted(place++, call));
    }
    Path source = folder.resolve("Calls.java");
    Files.writeString(source, text("Calls.txt").replace("// CALLS", String.join("\n", lambdas)));
    StringWriter faults = new StringWriter();
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of(
              "-proc:none", "-d", folder.toString(), "-cp", System.getProperty("java.class.path"));
      boolean good =
          compiler
              .getTask(faults, files, null, options, null, files.getJavaFileObjects(source))
              .call();
      assertThat(good).as(faults.toString()).isTrue();
    }
    @SuppressWarnings("unchecked")
    Map<Integer, Runnable> all =
        (Map<Integer, Runnable>)
            new URLClassLoader(
                    new URL[] {folder.toUri().toURL()}, WrongCallsTest.class.getClassLoader())
                .loadClass("Calls")
                .getMethod("all")
                .invoke(null);
    Map<String, Runnable> compiled = new LinkedHashMap<>();
    CALLS.keySet().forEach(call -> compiled.put(call, all.get(compiled.size())));
    return compiled;
  }
}
