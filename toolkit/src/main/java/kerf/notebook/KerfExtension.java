package kerf.notebook;

import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;

/**
 * Teaches kernels of the JJava family, Kerf's own among them, to show Kerf's values, Tablesaw
 * tables and XChart charts as a cell's result. Found by the kernel through its service file.
 */
public final class KerfExtension implements Extension {
  private static final MIMEType SVG = MIMEType.parse(Rendering.SVG);
  private static final Set<Renderer> TAUGHT =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  /** Made by the kernel. */
  public KerfExtension() {}

  /** Registers the renderers, once a kernel. */
  @Override
  public void install(BaseKernel kernel) {
    Renderer renderer = kernel.getRenderer();
    if (TAUGHT.add(renderer)) {
      Rendering.TYPES.forEach(type -> register(renderer, type));
    }
  }

  private static <T> void register(Renderer renderer, Class<T> type) {
    renderer
        .createRegistration(type)
        .preferring(Rendering.PREFERRED)
        .supporting(SVG)
        .register(
            (value, context) -> {
              DisplayData out = context.getOutputContainer();
              boolean svg = context.wantsDataRenderedAs(SVG);
              Rendering.put(Rendering.of(value, svg), out::putData, out::putMetaData);
            });
  }
}
