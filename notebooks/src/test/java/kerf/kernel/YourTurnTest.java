package kerf.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What the notebooks' text asks a reader to try: the calls under "Your turn", behind all of a
 * notebook's cells. Everything is compiled and nothing runs.
 */
class YourTurnTest {
  private static final Pattern FENCE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  /** A whole call in a line of text. Those that begin with a dot, or leave out a part, are none. */
  private static final Pattern CALL = Pattern.compile("`([a-z]\\w*[.(](?:(?!\\.\\.\\.|…)[^`])*)`");

  private static final Pattern SELF = Pattern.compile("\\bit\\b");

  @TestFactory
  Stream<DynamicTest> everythingToTryCompiles() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(""))) {
      List<Path> notebooks =
          files.filter(file -> file.toString().endsWith(".ipynb")).sorted().toList();
      assertThat(notebooks).hasSizeGreaterThanOrEqualTo(10);
      return notebooks.stream()
          .map(
              file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> compiles(file)));
    }
  }

  private static void compiles(Path notebook) throws IOException {
    try (JShell shell = shell()) {
      List<String> faults = new ArrayList<>();
      for (JsonElement cell :
          JsonParser.parseString(Files.readString(notebook))
              .getAsJsonObject()
              .getAsJsonArray("cells")) {
        for (String code : code(cell.getAsJsonObject())) {
          faults.addAll(faults(shell, code));
        }
      }
      assertThat(faults).isEmpty();
    }
  }

  /** A cell's code, or what the text asks to try; a call is the "it" of those after it. */
  private static List<String> code(JsonObject cell) {
    String source =
        String.join(
            "",
            StreamSupport.stream(cell.getAsJsonArray("source").spliterator(), false)
                .map(JsonElement::getAsString)
                .toList());
    if (cell.get("cell_type").getAsString().equals("code")) {
      return List.of(source);
    }
    int turn = source.toLowerCase(Locale.ROOT).indexOf("your turn");
    Stream<String> calls =
        turn < 0
            ? Stream.of()
            : CALL.matcher(source.substring(turn))
                .results()
                .map(call -> call.group(1))
                .map(call -> SELF.matcher(call).find() ? call : "var it = " + call + ";");
    return Stream.concat(FENCE.matcher(source).results().map(fence -> fence.group(1)), calls)
        .toList();
  }

  private static List<String> faults(JShell shell, String code) {
    List<String> faults = new ArrayList<>();
    String rest = code;
    while (!rest.isBlank()) {
      CompletionInfo next = shell.sourceCodeAnalysis().analyzeCompletion(rest);
      String snippet = next.source() == null ? rest : next.source();
      for (SnippetEvent event : shell.eval(snippet)) {
        if (event.status() == Snippet.Status.REJECTED) {
          shell
              .diagnostics(event.snippet())
              .forEach(fault -> faults.add(snippet.strip() + ": " + fault.getMessage(Locale.ROOT)));
        }
      }
      rest = next.source() == null ? "" : next.remaining();
    }
    return faults;
  }

  private static JShell shell() {
    JShell shell = JShell.builder().executionEngine(new Idle(), null).build();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      shell.addToClasspath(entry);
    }
    return shell;
  }

  /** Runs nothing. */
  private static final class Idle implements ExecutionControlProvider, ExecutionControl {
    @Override
    public String name() {
      return "idle";
    }

    @Override
    public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
      return this;
    }

    @Override
    public void load(ClassBytecodes[] classes) {}

    @Override
    public void redefine(ClassBytecodes[] classes) {}

    @Override
    public String invoke(String className, String methodName) {
      return "";
    }

    @Override
    public String varValue(String className, String varName) {
      return "";
    }

    @Override
    public void addToClasspath(String path) {}

    @Override
    public void stop() {}

    @Override
    public Object extensionCommand(String command, Object arg) {
      return null;
    }

    @Override
    public void close() {}
  }
}
