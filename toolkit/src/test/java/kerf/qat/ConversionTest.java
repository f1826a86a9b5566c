package kerf.qat;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import java.util.HashMap;
import java.util.Map;
import kerf.model.Network;
import kerf.model.ParameterSpec;
import kerf.observer.Observer;
import kerf.scheme.FusedRange;
import kerf.scheme.IntegerFormat;
import kerf.scheme.QuantParams;
import kerf.scheme.Quantizer;
import kerf.scheme.Scheme;
import org.junit.jupiter.api.Test;

/**
 * Scales and zero points of PyTorch 2.13's {@code convert}, from ranges as a training left them.
 */
class ConversionTest {
  private static final IntegerFormat ACTIVATIONS = IntegerFormat.unsigned(8);

  /** One unit of weights -1 and 3; running ranges of weights follow by a half. */
  private static final Network PREPARED =
      Qat.plan()
          .scheme(new Scheme(IntegerFormat.signed(8).symmetric().perChannel(), ACTIVATIONS))
          .weightObserver(Observer.movingAverage(0.5))
          .ends()
          .prepare(
              Network.of(
                      new SequentialBlock()
                          .add(Linear.builder().setUnits(1).optBias(false).build()),
                      2)
                  .revalued(Map.of("fc1.weight", new float[] {-1, 3})));

  private static Network trained(float... weightRange) {
    return trained(Map.of("fc1.weightRange", weightRange));
  }

  private static Network trained(Map<String, float[]> ranges) {
    Map<String, float[]> values = new HashMap<>();
    for (ParameterSpec spec : PREPARED.architecture().structure().parameters()) {
      values.put(spec.name(), PREPARED.values(spec.name()));
    }
    values.put("input.range", new float[] {-1, 0.2f});
    values.put("fc1.range", new float[] {0, 51});
    values.putAll(ranges);
    return PREPARED.revalued(values);
  }

  private static float weightScale(Network trained) {
    return Qat.convert(trained).weights().get("fc1.weight").params().get(0).scale();
  }

  @Test
  void runningRangesOfWeightsSeeTheLastStepToo() {
    // From -2 and 2 half-way to -1 and 3.
    assertThat(weightScale(trained(-2, 2))).isEqualTo(2.5f / 127.5f);
  }

  @Test
  void frozenRangesOfWeightsStay() {
    Network frozen =
        trained(
            Map.of("fc1.weightRange", new float[] {-2, 2}, Switch.STATE, new float[] {1, 0, 0}));

    assertThat(weightScale(frozen)).isEqualTo(2 / 127.5f);
  }

  @Test
  void rangesOfWeightsThatWereNeverSeenAreThoseOfTheWeights() {
    assertThat(weightScale(trained(0, 0))).isEqualTo(3 / 127.5f);
  }

  @Test
  void activationsHaveTheObserversScalesAndNotThoseThatRan() {
    Map<String, Quantizer> points = Qat.convert(trained(-2, 2)).points();

    // 1 / (1.2 / 255) is 212.5, as near as floats come to it.
    assertThat(points.get("input").params()).containsExactly(new QuantParams(0.0047058826f, 212));
    assertThat(FusedRange.params(ACTIVATIONS, -1, 0.2f).zeroPoint()).isEqualTo(213);
    assertThat(points.get("fc1").params()).containsExactly(new QuantParams(0.2f, 0));
  }
}
