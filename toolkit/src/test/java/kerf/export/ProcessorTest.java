package kerf.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

class ProcessorTest {
  private static final Path FLAGS = Path.of("/proc/cpuinfo");

  static boolean lists() throws IOException {
    return Files.isReadable(FLAGS) && flags().contains("avx2");
  }

  private static String flags() throws IOException {
    return Files.readString(FLAGS, StandardCharsets.UTF_8);
  }

  /** Linux lists what instructions there are. */
  @Test
  @EnabledIf("lists")
  void productsAreClippedWithoutVnni() throws IOException {
    assertThat(Processor.clips()).isEqualTo(!flags().matches("(?s).*\\b(avx512_|avx_)vnni\\b.*"));
  }

  /** Both ways to open a file, on any processor: exact where weights are held as uint8. */
  @Test
  void weightsAreWidenedWhereProductsAreClipped() {
    byte[] model = Processor.product().toByteArray();
    float[] largest = {255, 255, 255, 255};
    try (OnnxSession exact = OnnxSession.open(model, Optional.empty(), true);
        OnnxSession.Inputs inputs = exact.inputs(largest, 1)) {
      assertThat(inputs.outputs().values().iterator().next()).containsOnly(129540f);
    }
    try (OnnxSession own = OnnxSession.open(model);
        OnnxSession.Inputs inputs = own.inputs(largest, 1)) {
      assertThat(inputs.outputs().values().iterator().next()).containsOnly(129540f);
    }
    assertThat(Kernels.of(model).widened()).isEqualTo(Processor.clips());
  }
}
