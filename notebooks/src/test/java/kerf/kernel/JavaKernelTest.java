package kerf.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cells in one process, without the wire. */
class JavaKernelTest {
  private final Outbox outbox = new Outbox();
  private final JavaKernel kernel = new JavaKernel(new KernelIO(outbox));

  @BeforeEach
  void begin() {
    kernel.runner().begin(Request.none(outbox));
  }

  @AfterEach
  void end() {
    kernel.runner().end();
    kernel.shell().close();
  }

  @Test
  void evaluatesACellToItsLastExpression() throws Failure {
    assertThat(run("int a = 1; // one\n\n/* two */ int b = 2;\na + b // three")).isEqualTo("3");
    assertThat(run("// nothing")).isNull();
    assertThat(run("")).isNull();
    assertThat(run("String n = null;\nn")).isNull();
  }

  @Test
  void keepsObjectsAsTheyAre() throws Failure {
    run("var list = new ArrayList<String>();");
    run("list.add(\"x\");");
    assertThat(run("list")).isEqualTo("[x]");
  }

  @Test
  void tracesThroughLambdasAndClassesOfCells() throws Failure {
    run("class A {\n  void go(Runnable r) {\n    r.run();\n  }\n}");
    Failure failure =
        failure("// a comment\nnew A().go(\n    () -> {\n      List.of().get(0);\n    });");
    assertThat(failure.name()).isEqualTo("ArrayIndexOutOfBoundsException");
    assertThat(cellFrames(failure))
        .containsExactly(
            "cell 2, line 4: List.of().get(0);",
            "cell 1, line 3 in A.go: r.run();",
            "cell 2, line 2: new A().go(");
  }

  @Test
  void namesTheCellsTextWhenAMagicFails() {
    Failure failure = failure("int a = 1;\n%jars no-such.jar");
    assertThat(failure.traceback()).anyMatch(line -> line.endsWith("line 2: %jars no-such.jar"));
    assertThat(failure.traceback()).noneMatch(line -> line.contains("dflib"));
  }

  @Test
  void namesTheImportThatIsMissing() throws Failure {
    String words = "pruning is a word of Kerf: import static kerf.notebook.Kerf.*;";
    assertThat(plain(failure("pruning()"))).endsWith(words);
    assertThat(plain(failure("GLOBAL")))
        .endsWith("GLOBAL is a word of Kerf: import static kerf.notebook.Kerf.*;");
    assertThat(plain(failure("Duration.ZERO")))
        .endsWith("Duration needs an import: import java.time.Duration;");
    assertThat(plain(failure("List.of(1).stream().collect(Collectors.toList())")))
        .endsWith("Collectors needs an import: import java.util.stream.Collectors;");
    assertThat(plain(failure("SwingWorker<?, ?> worker;")))
        .endsWith("SwingWorker needs an import: import javax.swing.SwingWorker;");
    assertThat(plain(failure("Network net = null;")))
        .endsWith("Network needs an import: import kerf.model.Network;");
    assertThat(plain(failure("Object later() { return pruning(); }"))).endsWith(words);
    assertThat(plain(failure("nothingOfThatName()"))).noneMatch(line -> line.contains("import"));
  }

  @Test
  void saysHowAVariableHoldsATypeAndAWiderOne() throws Failure {
    run("import static kerf.notebook.Kerf.*;\nvar net = (kerf.training.Trained) null;");
    assertThat(plain(failure("net = pruning().prune(net);")))
        .endsWith(
            "net is a Trained; to hold both, declare it as a Network:"
                + " import kerf.model.Network; Network net = ...");
    assertThat(run("import kerf.model.Network; Network net = null; net = null; 1")).isEqualTo("1");
    run("var text = \"a\";");
    assertThat(plain(failure("text = 1;"))).noneMatch(line -> line.contains("declare"));
  }

  @Test
  void marksWhatTheCompilerRejects() {
    assertThat(plain(failure("int a = 1;\nString s = a;")))
        .containsExactly(
            "CompileError at cell 1, line 2: incompatible types: int cannot be converted to"
                + " java.lang.String",
            "    String s = a;",
            "               ^");
  }

  @Test
  void runsNothingOfACellThatIsNotWhole() throws Failure {
    assertThat(failure("int early = 1;\nif (true) {").getMessage())
        .isEqualTo("cell 1, line 2: reached end of file while parsing");
    assertThatThrownBy(() -> run("early")).hasMessage("cell 2, line 1: cannot find symbol");
  }

  @Test
  void evaluatesWithinAnEvaluation() throws Failure {
    kernel.onStartup();
    try {
      assertThat(run("eval(\"1 + 1\")")).isEqualTo("2");
    } finally {
      kernel.onShutdown(false);
    }
  }

  @Test
  void stopsBetweenSnippetsWhenInterrupted() {
    kernel.interrupt();
    Failure failure = failure("int a = 1;");
    assertThat(failure.name()).isEqualTo("Interrupted");
    assertThat(failure.getMessage())
        .isEqualTo("cell 1 was interrupted; variables keep what they hold, run it again to go on");
  }

  @Test
  void showsALineOfACellOnceHoweverOftenTheCodeCameByIt() throws Failure {
    run("int down(int n) { return down(n + 1) + 1; }");
    assertThat(cellFrames(failure("down(0)")))
        .containsExactly(
            "cell 1, line 1 in down: int down(int n) { return down(n + 1) + 1; } (many times)");
    assertThat(plain(failure("List.of(1).forEach(x -> { throw new IllegalStateException(); });")))
        .containsExactly(
            "IllegalStateException",
            "    at cell 3, line 1: List.of(1).forEach(x -> { throw new IllegalStateException(); });");
    assertThat(plain(failure("class Q { int a; }\nQ q = null;\nq.a")).get(0))
        .isEqualTo("NullPointerException: Cannot read field \"a\" because \"q\" is null");
  }

  @Test
  void saysWhichVariablesATypeDeclaredAnewResets() throws Failure {
    run("class Q { int a = 1; }");
    run("Q q = new Q(); Q other = new Q(); int n = 3; int n = 4;");
    assertThat(printed(() -> run("class Q { int a = 2; }")))
        .isEqualTo(
            "The type was declared anew; variables of it start again from null or 0: other, q\n");
    assertThat(printed(() -> run("int n = 5;"))).isEmpty();
    assertThat(run("q")).isNull();
    assertThat(run("n")).isEqualTo("5");
  }

  private interface Work {
    void run() throws Failure;
  }

  private static String printed(Work work) throws Failure {
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      work.run();
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
  }

  @Test
  void namesTheMagicsThereAreWhenOneIsUnknown() {
    assertThat(plain(failure("%nosuch")))
        .containsExactly(
            "MagicError: no magic is called %nosuch; there are %addMavenDependency, %classpath,"
                + " %jars, %load, %loadFromPOM, %maven, %mavenRepo, %time",
            "    at cell 1, line 1: %nosuch");
  }

  @Test
  void answersAQuestionAndAShellCommand() throws Failure {
    // A JDK with its sources adds the javadoc.
    assertThat(run("Math.hypot?").lines()).startsWith("double Math.hypot(double x, double y)");
    assertThat(run("NoSuch?")).isEqualTo("nothing is known of NoSuch");
    assertThat(plain(failure("!ls")))
        .contains("A cell runs Java, no shell: !command is for a terminal, or a Python kernel.");
  }

  @Test
  void keepsLinesOfTimedCodeWhereTheyAre() {
    assertThat(cellFrames(failure("%%time\nint a = 0;\n1 / a")))
        .containsExactly("cell 1, line 3: 1 / a");
  }

  @Test
  void loadsFilesAndNotebooks(@TempDir Path folder) throws Exception {
    Path java = Files.writeString(folder.resolve("a.jsh"), "int loaded = 4;\nint two = 2;");
    assertThat(run("%load '" + java + "'\nloaded + two")).isEqualTo("6");
    Path notebook =
        Files.writeString(
            folder.resolve("b.ipynb"),
            "{'cells': [{'cell_type': 'markdown', 'source': '# x'},"
                + "{'cell_type': 'code', 'source': ['int n =\\n', '5;']},"
                + "{'cell_type': 'code', 'source': 'n / 0'}]}");
    assertThat(cellFrames(failure("%load '" + notebook + "'"))).isEmpty();
    assertThat(plain(failure("%load '" + notebook + "'")))
        .containsExactly("ArithmeticException: / by zero", "    at b.ipynb cell 2, line 1: n / 0");
    assertThat(run("n")).isEqualTo("5");
  }

  @Test
  void loadsNothingThatTheClassPathHasOrMavenCannotFind() {
    assertThat(ClassPath.version("com.google.code.gson:gson:2.0")).startsWith("2.");
    assertThat(ClassPath.version("no.such:gson:2.0")).isNull();
    assertThat(failure("%maven org.example:nothing").getMessage())
        .isEqualTo("a Maven artifact is group:artifact:version, found org.example:nothing");
  }

  @Test
  void forgetsAllButTheLatestUnnamedResults() throws Failure {
    for (int i = 0; i < 30; i++) {
      run("1 + " + i);
    }
    assertThat(kernel.shell().variables()).hasSize(10);
  }

  @Test
  void completesWhatEveryObjectHasLast() {
    List<String> texts = kernel.matches("\"a\".", 4).texts();
    assertThat(texts.subList(0, 3)).contains("charAt(");
    assertThat(texts.subList(texts.size() - 9, texts.size()))
        .contains("equals(", "notify()", "wait(", "toString()");
  }

  @Test
  void completesWordsThatAClassInheritsFromOneThatIsNotPublic() throws Failure {
    run("import static kerf.kernel.extension.Words.*;");
    assertThat(kernel.matches("twice(tri", 9).texts()).containsExactly("triple(");
    assertThat(kernel.matches("Words.tri", 9).texts()).containsExactly("triple(");
    assertThat(inspect("triple", 6)).isEqualTo("int triple(int number)");
    assertThat(inspect("twice(triple(", 13)).isEqualTo("int triple(int number)");
    assertThat(inspect("twice(triple(1), ", 17)).isEqualTo("int twice(int number)");
  }

  @Test
  void completes() {
    assertThat(kernel.matches("Math.hypo", 9).texts()).containsExactly("hypot(");
    String code = "import java.time.LocalDate;\nLocalDate.ofYearD";
    Completion.Matches found = kernel.matches(code, code.length());
    assertThat(found.texts()).containsExactly("ofYearDay(");
    assertThat(code.substring(found.start(), found.end())).isEqualTo("ofYearD");
    assertThat(kernel.shell().imports().map(i -> i.fullname()))
        .doesNotContain("java.time.LocalDate");
    assertThat(kernel.matches("%ja", 3).texts()).containsExactly("jars");
  }

  @Test
  void completesByVariablesOfTheSameCell() {
    String code = "String name = \"x\";\nname.toLowerC";
    assertThat(kernel.matches(code, code.length()).texts()).containsExactly("toLowerCase(");
  }

  @Test
  void inspects() throws Failure {
    run("int width = 3;");
    assertThat(inspect("width + 1", 2)).isEqualTo("int width");
    assertThat(inspect("Math.hypot", 10)).isEqualTo("double Math.hypot(double x, double y)");
    assertThat(inspect("Math.hypot(1, 2)", 6)).isEqualTo("double Math.hypot(double x, double y)");
    assertThat(inspect("  ", 1)).isNull();
  }

  @Test
  void knowsWhatIsComplete() {
    assertThat(List.of("1 +", "void f() {", "\"\"\"\ntext"))
        .allMatch(code -> !List.of("complete", "invalid").contains(kernel.isComplete(code)));
    assertThat(kernel.isComplete("for (;;) {\n  int a;")).isEqualTo("  ");
    assertThat(kernel.isComplete("for (;;) {")).isEqualTo("    ");
    assertThat(kernel.isComplete("int a = 1; a")).isEqualTo("complete");
    assertThat(kernel.isComplete("%jars x.jar")).isEqualTo("complete");
    assertThat(kernel.isComplete("else {}")).isEqualTo("invalid");
  }

  private String run(String code) throws Failure {
    DisplayData data = kernel.run(code, kernel.nextCell(true));
    return data == null ? null : String.valueOf(data.getData(MIMEType.TEXT_PLAIN));
  }

  private Failure failure(String code) {
    return catchThrowableOfType(Failure.class, () -> run(code));
  }

  private Object inspect(String code, int cursor) {
    DisplayData data = kernel.inspect(code, cursor, false);
    return data == null ? null : data.getData(MIMEType.TEXT_PLAIN);
  }

  private static List<String> plain(Failure failure) {
    return failure.traceback().stream().map(Ansi::plain).toList();
  }

  private static List<String> cellFrames(Failure failure) {
    return plain(failure).stream()
        .filter(line -> line.startsWith("    at cell "))
        .map(line -> line.substring("    at ".length()))
        .toList();
  }
}
