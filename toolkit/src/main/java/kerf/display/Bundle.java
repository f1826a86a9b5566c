package kerf.display;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One value in several formats, of which a notebook shows the richest it can.
 *
 * <pre>{@code
 * Bundle.of("2 of 3").html("<progress value=2 max=3></progress>")
 * }</pre>
 *
 * @param parts from MIME type to content, in the order given; a {@code String}, or a {@code byte[]}
 *     for binary formats. {@code text/plain} is always there
 * @param metadata from MIME type to properties of that content, such as a picture's {@code width}
 *     and {@code height} in CSS pixels and its {@code alt}
 */
public record Bundle(Map<String, Object> parts, Map<String, Map<String, Object>> metadata)
    implements Shown {
  private static final String TEXT = "text/plain";

  /**
   * Checks that plain text is there and every content is text or bytes.
   *
   * @param parts from MIME type to content
   * @param metadata from MIME type to properties
   */
  public Bundle {
    if (!(parts.get(TEXT) instanceof String)) {
      throw new IllegalArgumentException(
          "a bundle needs text/plain as text, found " + parts.keySet() + "; open with Bundle.of");
    }
    parts.forEach(
        (mime, content) -> {
          if (!(content instanceof String || content instanceof byte[])) {
            throw new IllegalArgumentException(
                mime
                    + " must be text or bytes, found "
                    + (content == null ? "null" : content.getClass().getSimpleName()));
          }
        });
    parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /**
   * Plain text, to which richer formats are added.
   *
   * @param text the text
   * @return a bundle of one format
   */
  public static Bundle of(String text) {
    return new Bundle(Map.of(TEXT, text), Map.of());
  }

  /**
   * Adds a format.
   *
   * @param mime its MIME type
   * @param content a {@code String} or a {@code byte[]}
   * @return a new bundle
   */
  public Bundle and(String mime, Object content) {
    Map<String, Object> more = new LinkedHashMap<>(parts);
    more.put(mime, content);
    return new Bundle(more, metadata);
  }

  /**
   * Adds HTML.
   *
   * @param html a fragment of HTML
   * @return a new bundle
   */
  public Bundle html(String html) {
    return and("text/html", html);
  }

  /**
   * Adds an SVG picture.
   *
   * @param svg an SVG document
   * @return a new bundle
   */
  public Bundle svg(String svg) {
    return and("image/svg+xml", svg);
  }

  /**
   * Adds a PNG picture; the text is its alternative text.
   *
   * @param png the file's bytes
   * @param width the width to show it at, in CSS pixels
   * @param height the height to show it at, in CSS pixels
   * @return a new bundle
   */
  public Bundle png(byte[] png, int width, int height) {
    Bundle more = and("image/png", png.clone());
    Map<String, Map<String, Object>> about = new LinkedHashMap<>(metadata);
    Map<String, Object> size = new LinkedHashMap<>();
    size.put("width", width);
    size.put("height", height);
    size.put("alt", text());
    about.put("image/png", Collections.unmodifiableMap(size));
    return new Bundle(more.parts, about);
  }

  /**
   * The plain text.
   *
   * @return the content of {@code text/plain}
   */
  public String text() {
    return (String) parts.get(TEXT);
  }

  @Override
  public Bundle bundle() {
    return this;
  }
}
