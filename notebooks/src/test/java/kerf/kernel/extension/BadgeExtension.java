package kerf.kernel.extension;

import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;

/** Registers a renderer, as the toolkit's extension does. */
public final class BadgeExtension implements Extension {
  @Override
  public void install(BaseKernel kernel) {
    kernel
        .getRenderer()
        .createRegistration(Badge.class)
        .preferring(MIMEType.TEXT_HTML)
        .register(
            (badge, context) ->
                context.renderIfRequested(
                    MIMEType.TEXT_HTML, () -> "<b>" + badge.number() + "</b>"));
  }
}
