package kerf.notebook;

import java.util.List;
import java.util.function.Consumer;
import kerf.display.Display;

/**
 * Teaches the running kernel to show Kerf's values, Tablesaw tables and XChart charts as a cell's
 * result: tables as HTML, figures as pictures. Works in Kerf's own kernel, in JJava and in IJava.
 */
public final class Renderers {
  private Renderers() {}

  /** Registers the renderers with the running kernel, once; does nothing outside a notebook. */
  public static void install() {
    Display.kernel().ifPresent(Renderers::install);
  }

  private static void install(Object kernel) {
    List<Consumer<Object>> families = List.of(Jjava::install, Ijava::install);
    for (Consumer<Object> family : families) {
      try {
        family.accept(kernel);
      } catch (LinkageError e) {
        // A kernel of the other family: the classes of this one are not here.
        continue;
      }
    }
  }

  /** Names JJava's classes, so that nobody else needs them. */
  private static final class Jjava {
    static void install(Object kernel) {
      if (kernel instanceof org.dflib.jjava.jupyter.kernel.BaseKernel jjava) {
        new KerfExtension().install(jjava);
      }
    }
  }

  /** Names IJava's classes, so that nobody else needs them. */
  private static final class Ijava {
    static void install(Object kernel) {
      if (kernel instanceof io.github.spencerpark.jupyter.kernel.BaseKernel ijava) {
        IJavaRenderers.install(ijava);
      }
    }
  }
}
