package kerf.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import kerf.data.Datasets;
import kerf.data.Samples;
import kerf.model.Convnet;
import kerf.model.Lenet300100;
import kerf.quantization.Quantization;
import kerf.quantization.Quantized;
import org.junit.jupiter.api.Test;

class ArithmeticsTest {
  private static final Samples IMAGES = Datasets.mnist().test().first(20);
  private static final Quantization PLAN =
      Quantization.plan().int8().calibrateOn(Datasets.mnist().train().first(32));

  @Test
  void threeWaysOfOneNetwork() {
    Quantized small = PLAN.quantize(new Lenet300100().initialize(1));
    Arithmetics found = Arithmetics.of(small, IMAGES);
    assertThat(found.images()).isEqualTo(20);
    assertThat(found.same()).isGreaterThanOrEqualTo(19);
    assertThat(found.rows())
        .extracting(ArithmeticRow::point)
        .containsExactly("input", "relu1", "relu2");
    assertThat(found.rows())
        .extracting(ArithmeticRow::arithmetic)
        .containsExactly("floats, rounded", "integers", "integers");
    assertThat(found.rows().get(1).numbers()).isEqualTo(20 * 300);
    assertThat(found.toString())
        .isEqualTo(
            "right of 20 images: %d by fake quantization, %d by integers, %d by ONNX Runtime; one class by all three: %d"
                .formatted(found.fake(), found.integers(), found.runtime(), found.same()));
  }

  @Test
  void theyDifferByOneStepAtMost() {
    Quantized small = PLAN.quantize(new Convnet(8, 8).input(1, 28, 28).initialize(2));
    for (ArithmeticRow row : Arithmetics.of(small, IMAGES).rows()) {
      assertThat(row.fakeRuntimeQuanta()).as(row.toString()).isLessThanOrEqualTo(1);
      assertThat(row.integersRuntimeQuanta()).as(row.toString()).isLessThanOrEqualTo(1);
      assertThat(row.fakeIntegersQuanta()).as(row.toString()).isLessThanOrEqualTo(1);
      assertThat(row.fakeRuntime()).as(row.toString()).isLessThan(1e-3);
    }
  }

  @Test
  void refusals() {
    Quantized dynamic = PLAN.dynamic().quantize(new Lenet300100().initialize(1));
    assertThatThrownBy(() -> Arithmetics.of(dynamic, IMAGES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "integer arithmetic needs activations on grids, found dynamic quantization; ");
    Quantized small = PLAN.quantize(new Lenet300100().initialize(1));
    assertThatThrownBy(() -> Arithmetics.of(small, IMAGES.first(0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a comparison needs images, found none; write mnist().test().first(64)");
  }
}
