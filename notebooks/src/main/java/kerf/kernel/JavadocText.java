package kerf.kernel;

import java.util.Map;
import java.util.regex.Pattern;

/** The text of a javadoc comment without its markup. */
final class JavadocText {
  private static final Pattern PARAGRAPH =
      Pattern.compile("\\s*</?(?:p|ul|ol|pre|table|tr|dl)>\\s*");
  private static final Pattern ITEM = Pattern.compile("\\s*<(?:li|dt|dd)>\\s*");
  private static final Pattern TAG = Pattern.compile("</?[a-zA-Z][^>]*>");
  private static final Pattern CODE = Pattern.compile("\\{@(?:code|literal|value)\\s+([^}]*)\\}");
  private static final Pattern LINK =
      Pattern.compile("\\{@link(?:plain)?\\s+([^\\s}(]+(?:\\([^)]*\\))?)\\s*([^}]*)\\}");
  private static final Pattern BLOCK =
      Pattern.compile("\\n\\s*@(param|return|throws|see|since|deprecated)\\b ?");
  private static final Map<String, String> ENTITIES =
      Map.of("&lt;", "<", "&gt;", ">", "&quot;", "\"", "&nbsp;", " ", "&amp;", "&");

  private JavadocText() {}

  static String plain(String comment) {
    // One line a paragraph and a block tag: the front end breaks them.
    String text = BLOCK.matcher("\n" + comment).replaceAll("\u0001@$1 ").strip();
    text = text.replaceAll("\\s*\\n\\s*", " ");
    text = PARAGRAPH.matcher(text).replaceAll("\n");
    text = ITEM.matcher(text).replaceAll("\n- ");
    text = CODE.matcher(text).replaceAll("$1");
    text =
        LINK.matcher(text)
            .replaceAll(m -> m.group(2).isBlank() ? linked(m.group(1)) : quote(m.group(2)));
    text = TAG.matcher(text).replaceAll("");
    for (Map.Entry<String, String> entity : ENTITIES.entrySet()) {
      text = text.replace(entity.getKey(), entity.getValue());
    }
    text =
        text.replaceAll("\u0001@param (\\S+)", "\n  $1:")
            .replaceAll("\u0001@return", "\n  returns");
    return text.replaceAll("\u0001@", "\n  ").strip();
  }

  private static String linked(String target) {
    return quote(target.startsWith("#") ? target.substring(1) : target.replace('#', '.'));
  }

  private static String quote(String text) {
    return java.util.regex.Matcher.quoteReplacement(text);
  }
}
