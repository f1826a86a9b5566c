package kerf.notebook;

import java.util.Base64;
import java.util.function.Function;
import kerf.display.Bundle;
import kerf.display.Shown;
import kerf.table.TableHtml;
import kerf.table.TableText;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import tech.tablesaw.api.Table;

/**
 * Teaches kernels of the JJava family, Kerf's own among them, to show Kerf's values and Tablesaw
 * tables as a cell's result. Found by the kernel through its service file.
 */
public final class KerfExtension implements Extension {

  /** Made by the kernel. */
  public KerfExtension() {}

  @Override
  public void install(BaseKernel kernel) {
    Renderer renderer = kernel.getRenderer();
    register(renderer, Shown.class, Shown::bundle);
    register(
        renderer,
        Table.class,
        table -> Bundle.of(TableText.text(table)).html(TableHtml.html(table)));
  }

  private static <T> void register(Renderer renderer, Class<T> type, Function<T, Bundle> bundle) {
    renderer
        .createRegistration(type)
        .preferring("text/html", "image/png", "image/svg+xml")
        .register((value, context) -> put(bundle.apply(value), context.getOutputContainer()));
  }

  private static void put(Bundle bundle, DisplayData out) {
    bundle
        .parts()
        .forEach(
            (mime, content) ->
                out.putData(
                    mime,
                    content instanceof byte[] bytes
                        ? Base64.getEncoder().encodeToString(bytes)
                        : content));
    bundle.metadata().forEach(out::putMetaData);
  }
}
