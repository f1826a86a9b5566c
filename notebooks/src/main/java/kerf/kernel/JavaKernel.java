package kerf.kernel;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jdk.jshell.JShell;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.LanguageInfo;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.util.StringStyler;

/**
 * The kernel as extensions and cells know it: JJava's {@link BaseKernel}, found by {@link
 * BaseKernel#notebookKernel()}, from any thread.
 *
 * <p>Of the base class serve the renderer, the magics and the extensions; its channels, handlers
 * and streams do not, see {@code Wire}, {@code ShellLoop} and {@code Outbox}.
 */
public final class JavaKernel extends BaseKernel {
  /**
   * What IJava imports, and the one thing that it lacks: a notebook that runs here runs there,
   * unless it clears outputs.
   */
  private static final List<String> IMPORTS =
      List.of(
          "import java.util.*;",
          "import java.io.*;",
          "import java.math.*;",
          "import java.net.*;",
          "import java.util.concurrent.*;",
          "import java.util.prefs.*;",
          "import java.util.regex.*;",
          "import static org.dflib.jjava.jupyter.kernel.BaseNotebookStatics.*;",
          "import static kerf.kernel.CellStatics.*;");

  /**
   * The Java that notebooks are written in. The same on every JDK: front ends store it in a
   * notebook, and one that was merely opened should not be another than the one on disk. The banner
   * has the JDK's version.
   */
  private static final String LANGUAGE = "17";

  private final CellRunner runner;
  private final JShell shell;
  private final Evaluator evaluator;
  private final KernelIO kernelIo;
  private final ImportedWords words;
  private final Inspection inspection;

  JavaKernel(KernelIO io) {
    super(
        "kerf",
        Optional.ofNullable(JavaKernel.class.getPackage().getImplementationVersion()).orElse("dev"),
        languageInfo(),
        List.of(),
        null,
        io,
        new CommManager(),
        new Rendering(),
        null,
        Magics.registry(),
        true,
        new StringStyler.Builder().build());
    kernelIo = io;
    runner = new CellRunner(new SnippetLoader(JavaKernel.class.getClassLoader()));
    shell = JShell.builder().executionEngine(new Engine(runner), Map.of()).build();
    IMPORTS.forEach(shell::eval);
    words = new ImportedWords(shell, runner.loader());
    inspection = new Inspection(shell, words, runner.loader());
    evaluator = new Evaluator(shell, runner, new Magics(this)::perform);
  }

  private static LanguageInfo languageInfo() {
    return new LanguageInfo(
        "java", LANGUAGE, "text/x-java-source", ".jshell", "java", "text/x-java", "script");
  }

  CellRunner runner() {
    return runner;
  }

  JShell shell() {
    return shell;
  }

  Inspection inspection() {
    return inspection;
  }

  /** Evaluates a cell and renders its value, all of it on the cell thread; null for no value. */
  DisplayData run(String code, int cell) throws Failure {
    try {
      Object value = evaluator.evaluate(CellText.cell(cell, code));
      if (value == null || kernelIo.isDisplayId(value)) {
        return null;
      }
      return value instanceof DisplayData data
          ? data
          : (DisplayData) runner.call(() -> renderer.render(value));
    } catch (Failure e) {
      throw e;
    } catch (Exception | LinkageError | StackOverflowError e) {
      throw evaluator.failure(e, CellText.cell(cell, code).name());
    }
  }

  /** Takes away what the running cell has shown so far. */
  void clearOutput(boolean wait) {
    System.out.flush();
    System.err.flush();
    JsonObject content = new JsonObject();
    content.addProperty("wait", wait);
    kernelIo.request().display("clear_output", content);
  }

  /** The result of an expression as a {@code user_expressions} entry of a reply. */
  JsonObject expression(String code, int cell) {
    JsonObject json;
    try {
      DisplayData data = run(code, cell);
      json = KernelIO.json(data == null ? new DisplayData() : data);
      json.remove("transient");
      json.addProperty("status", "ok");
    } catch (Failure e) {
      json = e.json();
      json.addProperty("status", "error");
    }
    return json;
  }

  /** The number of the next cell; it moves on if {@code counts}. */
  int nextCell(boolean counts) {
    return counts ? executionCount.getAndIncrement() : executionCount.get();
  }

  /**
   * Adds jars and folders to what cells compile and run against, and installs the extensions there.
   *
   * @param path entries, separated as the platform separates paths
   */
  public void addToClasspath(String path) {
    shell.addToClasspath(path);
    installExtensions(path);
  }

  @Override
  protected void installExtension(Extension extension) {
    try {
      super.installExtension(extension);
    } catch (Exception | LinkageError e) {
      // Without its renderers a notebook still runs; say what is amiss and go on.
      System.err.println("extension " + extension.getClass().getName() + " not installed: " + e);
    }
  }

  @Override
  protected ClassLoader getClassLoader() {
    return runner.loader();
  }

  /** Evaluates what a magic brings along: the rest of its cell, or a file. */
  Object evaluate(CellText text) throws Failure {
    return evaluator.evaluate(text);
  }

  @Override
  public Object evalRaw(String source) {
    try {
      return evaluate(CellText.cell(executionCount.get(), source));
    } catch (Failure e) {
      throw new IllegalArgumentException(e.name() + ": " + e.getMessage(), e);
    }
  }

  @Override
  public DisplayData inspect(String code, int at, boolean extraDetail) {
    return inspection.inspect(code, at, extraDetail).map(DisplayData::new).orElse(null);
  }

  Completion.Matches matches(String code, int cursor) {
    return new Completion(shell, words).complete(code, cursor, magicsRegistry);
  }

  @Override
  public ReplacementOptions complete(String code, int at) {
    Completion.Matches found = matches(code, at);
    return new ReplacementOptions(new ArrayList<>(found.texts()), found.start(), found.end());
  }

  JsonObject completeness(String code) {
    return Completeness.reply(shell.sourceCodeAnalysis(), code);
  }

  @Override
  public String isComplete(String code) {
    JsonObject reply = completeness(code);
    String status = reply.get("status").getAsString();
    return status.equals("incomplete") ? reply.get("indent").getAsString() : status;
  }

  @Override
  public void interrupt() {
    runner.interrupt();
  }
}
