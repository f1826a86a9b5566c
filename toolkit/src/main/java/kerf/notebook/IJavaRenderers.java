package kerf.notebook;

import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.Renderer;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;

/** Teaches IJava, which knows no extensions, what {@link KerfExtension} teaches JJava. */
final class IJavaRenderers {
  private static final MIMEType SVG = MIMEType.parse(Rendering.SVG);
  private static final Set<Renderer> TAUGHT =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  private IJavaRenderers() {}

  /** Registers the renderers, once a kernel. */
  static void install(BaseKernel kernel) {
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
