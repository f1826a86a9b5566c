package kerf.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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
    Failure failure = failure("int a = 1;\n%maven no.such:thing:1");
    assertThat(failure.traceback())
        .anyMatch(line -> line.endsWith("line 2: %maven no.such:thing:1"));
    assertThat(failure.traceback()).noneMatch(line -> line.contains("dflib"));
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
