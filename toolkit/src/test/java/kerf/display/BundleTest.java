package kerf.display;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class BundleTest {
  @Test
  void formatsAddUpInOrder() {
    Bundle text = Bundle.of("a line");
    Bundle all = text.html("<b>a</b>").svg("<svg/>").png(new byte[] {1}, 60, 40);
    assertThat(all.parts().keySet())
        .containsExactly("text/plain", "text/html", "image/svg+xml", "image/png");
    assertThat(all.metadata())
        .isEqualTo(Map.of("image/png", Map.of("width", 60, "height", 40, "alt", "a line")));
    assertThat(text.parts()).hasSize(1);
    assertThat(all.bundle().text()).isEqualTo("a line");
  }

  @Test
  void mistakesAreNamed() {
    assertThatThrownBy(() -> new Bundle(Map.of("text/html", "x"), Map.of()))
        .hasMessage("a bundle needs text/plain as text, found [text/html]; open with Bundle.of");
    assertThatThrownBy(() -> Bundle.of("x").and("image/png", 3))
        .hasMessage("image/png must be text or bytes, found Integer");
  }
}
