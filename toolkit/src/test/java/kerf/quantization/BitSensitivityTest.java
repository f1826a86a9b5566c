package kerf.quantization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import kerf.data.Dataset;
import kerf.model.Network;
import kerf.training.Evaluator;
import kerf.training.TrainedDigits;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BitSensitivityTest {
  private static final Dataset DATA = TrainedDigits.DATA;
  private static final Quantization PLAN = Quantization.plan().calibrateOn(DATA.train().first(128));
  private static Network network;

  @BeforeAll
  static void train() {
    network = TrainedDigits.after(3);
  }

  @Test
  void quantizesOneLayerAtATime() {
    BitSensitivity scan = PLAN.sensitivity(network).bits(2, 8).data(DATA.validation());

    BitCurves curves = scan.scan();

    assertThat(curves.rows())
        .extracting(BitRow::layer)
        .containsExactly("conv1", "conv1", "conv2", "conv2", "fc1", "fc1");
    assertThat(curves.rows()).extracting(BitRow::bits).containsExactly(8, 2, 8, 2, 8, 2);
    Quantized alone = PLAN.bits("conv2", 2).keepFloat("fc1").quantize(network);
    BitRow conv2 = curves.rows().get(3);
    assertThat(alone.form().forms()).containsOnlyKeys("conv2.weight");
    assertThat(conv2.accuracy()).isEqualTo(Evaluator.measure(alone, DATA.validation()).accuracy());
    assertThat(conv2.weights()).isEqualTo(8 * 16 * 9);
    assertThat(conv2.sqnr()).isLessThan(curves.rows().get(2).sqnr());
    assertThat(conv2.loss()).isEqualTo(curves.floatAccuracy() - conv2.accuracy());
    assertThat(scan.scan()).isEqualTo(curves);
  }

  @Test
  void whatStaysFloatIsNotScanned() {
    BitCurves curves =
        PLAN.keepFloat("conv2", "conv1")
            .sensitivity(network)
            .bits(4)
            .data(DATA.validation())
            .scan();

    assertThat(curves.rows()).extracting(BitRow::layer).containsExactly("fc1");
    assertThat(curves.table().rowCount()).isEqualTo(1);
  }

  @Test
  void weightsAloneNeedNoCalibration() {
    BitCurves curves =
        Quantization.plan()
            .weightOnly()
            .sensitivity(network)
            .bits(4)
            .data(DATA.validation())
            .scan();

    assertThat(curves.rows()).hasSize(3);
  }

  /** 4 bytes a weight against half a byte, and a scale a filter. */
  @Test
  void bytesAreThoseOfWeightsAndScales() {
    BitCurves curves =
        Quantization.plan()
            .weightOnly()
            .perTensor()
            .sensitivity(network)
            .bits(4)
            .data(DATA.validation())
            .scan();
    Quantized alone =
        Quantization.plan()
            .weightOnly()
            .perTensor()
            .bits("conv2", 4)
            .keepFloat("conv1", "fc1")
            .quantize(network);

    BitRow conv2 = curves.rows().get(1);
    assertThat(conv2.bytes())
        .isEqualTo(alone.form().bytes() - alone.form().floatBytes() + 4 * conv2.weights());
    assertThat(conv2.bytes()).isBetween(conv2.weights() / 2, conv2.weights() / 2 + 16);
  }

  /** The chosen plan quantizes each layer to the width that was chosen, within the target. */
  @Test
  void widthsAreChosenForATargetOfBytes() {
    BitSensitivity scan =
        Quantization.plan().weightOnly().sensitivity(network).bits(8, 4, 2).data(DATA.validation());

    WidthAllocation chosen = scan.scan().toBytes(0.16);
    WidthAllocation second = scan.data(DATA.train().first(64)).traces(4).toBytes(0.16);

    for (WidthAllocation widths : List.of(chosen, second)) {
      QuantizedGraph form = widths.quantize(network).form();
      for (WidthAllocation.Width width : widths.layers()) {
        assertThat(form.forms().get(width.layer() + ".weight").bits()).isEqualTo(width.bits());
      }
      assertThat(form.floatBytes() - form.bytes()).isEqualTo(widths.floatBytes() - widths.bytes());
      assertThat(widths.bytes()).isLessThanOrEqualTo((long) (0.16 * widths.floatBytes()));
    }
  }

  /** Half of trace times squared error: fewer bits add more, and the trace is the layer's. */
  @Test
  void secondDerivativesForetellWhatRoundingAdds() {
    TraceCurves curves =
        Quantization.plan()
            .weightOnly()
            .sensitivity(network)
            .bits(8, 3)
            .data(DATA.train().first(64))
            .traces(4);

    assertThat(curves.rows()).hasSize(6);
    assertThat(curves.table().rowCount()).isEqualTo(6);
    for (int layer = 0; layer < 3; layer++) {
      TraceRow wide = curves.rows().get(2 * layer);
      TraceRow narrow = curves.rows().get(2 * layer + 1);
      assertThat(narrow.trace()).isEqualTo(wide.trace());
      assertThat(narrow.error()).isGreaterThan(wide.error());
      assertThat(narrow.added()).isEqualTo(Math.max(0, narrow.trace() * narrow.error() / 2));
    }
  }

  @Test
  void imagesAndWidthsAreAskedFor() {
    assertThatThrownBy(() -> PLAN.sensitivity(network).scan())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a sensitivity scan needs images to measure on, found none; add"
                + " .data(mnist().validation())");
    assertThatThrownBy(() -> PLAN.sensitivity(network).bits(9))
        .hasMessage("bits must be 2 to 8, 16 or 32, found 9");
    assertThatThrownBy(() -> PLAN.sensitivity(network).bits())
        .hasMessage("a scan needs at least one width, found none");
  }
}
