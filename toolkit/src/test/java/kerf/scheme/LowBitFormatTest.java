package kerf.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LowBitFormatTest {
  private static final BinaryFormat BINARY = new BinaryFormat(BinaryFormat.Scaling.CHANNEL, false);
  private static final BinaryFormat CONNECT = new BinaryFormat(BinaryFormat.Scaling.NONE, false);

  @Test
  void binaryWeightsAreSignsTimesTheMeanMagnitudeOfTheirChannel() {
    assertThat(BINARY.rounded(new float[] {1, -3, 0, -4}, 2, 2)).containsExactly(2, -2, 2, -2);
    assertThat(CONNECT.rounded(new float[] {0.1f, -0.3f, 0, -0f}, 2, 2))
        .containsExactly(1, -1, 1, 1);
  }

  @Test
  void signsAreDrawnByTheHardSigmoid() {
    float[] weights = {0.5f, 0.5f, -1, 1};

    assertThat(CONNECT.stochastic().drawn(weights, 0.74f, 0.75f, 0, 0.999f))
        .containsExactly(1, -1, -1, 1);
    assertThatThrownBy(BINARY::stochastic)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "signs are drawn for weights in [-1, 1] without a scale, found scaled ones; use"
                + " binaryConnect().stochastic()");
  }

  @Test
  void ternaryWeightsAreZeroUpToAShareOfTheMeanMagnitude() {
    TernaryFormat format = TernaryFormat.plain().threshold(0.5);

    // The mean magnitude is 2, so what is not above 1 is 0; the others' mean is 4.
    assertThat(format.rounded(new float[] {1, -5, 3, 0, 1}, 5)).containsExactly(0, -4, 4, 0, 0);
    assertThat(format.rounded(new float[] {0, 0}, 2)).containsExactly(0, 0);
  }

  @Test
  void learnedLevelsStartAtTheMeansOfBothSides() {
    TernaryFormat format = TernaryFormat.plain().learned().threshold(0.2);
    float[] weights = {5, 3, 1, -2, 0.5f};

    assertThat(format.levels(weights)).containsExactly(4, 2);
    assertThat(format.rounded(weights, new float[] {7, 9})).containsExactly(7, 7, 0, -9, 0);
  }

  @Test
  void dorefaSpreadsItsValuesFromMinusOneToOne() {
    // tanh of the largest is stretched to 1.
    assertThat(new DorefaFormat(2).rounded(new float[] {9, -9, 0.1f, -0.1f}, 4))
        .containsExactly(1, -1, (float) (1 / 3.0), (float) (-1 / 3.0));
    assertThat(new DorefaFormat(1).rounded(new float[] {3, -1, 0}, 3))
        .containsExactly(4 / 3f, -4 / 3f, 4 / 3f);
    assertThat(new DorefaFormat(2).rounded(new float[2], 2)).hasSize(2).doesNotContain(Float.NaN);
  }

  @Test
  void dorefaGradientsKeepTheirLargestMagnitude() {
    assertThat(new DorefaFormat(1).gradients(new float[] {2, -2, 0.5f}, 0, 0, 0))
        .containsExactly(2, -2, 2);
    assertThat(new DorefaFormat(4).gradients(new float[2], 0.4f, -0.4f)).containsExactly(0, 0);
  }
}
