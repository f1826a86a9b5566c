package kerf.kernel;

import java.awt.image.RenderedImage;
import java.lang.reflect.Array;
import java.util.Map;
import java.util.StringJoiner;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;

/**
 * JJava's renderer, made deterministic: the text of an array is its elements and that of an image
 * its size, where {@code toString} would give a hash that differs from run to run.
 */
final class Rendering extends Renderer {
  private static final int ELEMENTS = 100;

  @Override
  public DisplayData render(Object value, Map<String, Object> params) {
    return value == null ? new DisplayData("null") : super.render(value, params);
  }

  @Override
  public DisplayData renderAs(Object value, Map<String, Object> params, String... types) {
    return value == null ? new DisplayData("null") : super.renderAs(value, params, types);
  }

  @Override
  protected DisplayData finalizeDisplayData(DisplayData data, Object value) {
    if (!data.hasDataForType(MIMEType.TEXT_PLAIN)) {
      data.putText(text(value));
    }
    return data;
  }

  private static String text(Object value) {
    if (value instanceof RenderedImage image) {
      return "image " + image.getWidth() + "x" + image.getHeight();
    }
    if (value == null || !value.getClass().isArray()) {
      return String.valueOf(value);
    }
    int length = Array.getLength(value);
    StringJoiner elements = new StringJoiner(", ", "[", "]");
    for (int i = 0; i < Math.min(length, ELEMENTS); i++) {
      Object element = Array.get(value, i);
      elements.add(element == value ? "(this array)" : text(element));
    }
    if (length > ELEMENTS) {
      elements.add("... " + (length - ELEMENTS) + " more");
    }
    return elements.toString();
  }
}
