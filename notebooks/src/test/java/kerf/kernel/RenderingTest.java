package kerf.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.stream.IntStream;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.junit.jupiter.api.Test;

class RenderingTest {
  private final Rendering rendering = new Rendering();

  @Test
  void showsTheElementsOfArrays() {
    assertThat(text(new float[] {1, 0.5f})).isEqualTo("[1.0, 0.5]");
    assertThat(text(new Object[] {"a", null, new int[][] {{1}, {}}}))
        .isEqualTo("[a, null, [[1], []]]");
  }

  @Test
  void cutsLongArrays() {
    assertThat(text(IntStream.range(0, 103).toArray())).endsWith("98, 99, ... 3 more]");
  }

  @Test
  void showsAnArrayThatContainsItself() {
    Object[] self = new Object[1];
    self[0] = self;
    assertThat(text(self)).isEqualTo("[(this array)]");
  }

  @Test
  void showsTheSizeOfImages() {
    assertThat(text(new BufferedImage(4, 3, BufferedImage.TYPE_INT_RGB))).isEqualTo("image 4x3");
  }

  @Test
  void showsNull() {
    assertThat(text(null)).isEqualTo("null");
  }

  private String text(Object value) {
    return (String) rendering.render(value).getData(MIMEType.TEXT_PLAIN);
  }
}
