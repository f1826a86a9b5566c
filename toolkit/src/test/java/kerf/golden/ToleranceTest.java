package kerf.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import kerf.storage.Npy;
import org.junit.jupiter.api.Test;

class ToleranceTest {
  private static final long[] TWO = {2};

  @Test
  void exactForgivesNothing() {
    Tolerance exact = tolerance("{kind: exact}");

    assertThat(exact.complaint(floats(1, Float.NaN), floats(1, Float.NaN))).isEmpty();
    assertThat(exact.complaint(floats(1, -0f), floats(1, 0))).isEmpty();
    assertThat(exact.complaint(floats(1, 2), floats(1, Math.nextUp(2f))))
        .isEqualTo("expected 2.000000238418579 at index 1, found 2.0");
    assertThat(exact.complaint(integers(1, 2), integers(1, 3)))
        .isEqualTo("expected 3 at index 1, found 2");
  }

  @Test
  void closeGrowsWithWhatIsWanted() {
    Tolerance close = tolerance("{kind: close, atol: 0.5, rtol: 0.25}");

    assertThat(close.complaint(floats(0.5f, 125.5f), floats(0, 100))).isEmpty();
    assertThat(close.complaint(floats(0.5f, 126), floats(0, 100)))
        .isEqualTo("expected 100.0 at index 1, found 126.0");
    assertThat(close.complaint(floats(Float.NaN, 1), floats(0, 1)))
        .isEqualTo("expected 0.0 at index 0, found NaN");
  }

  @Test
  void intLimitsSizeAndNumberOfDifferences() {
    Npy want = integers(5, 5);

    assertThat(tolerance("{kind: int, max_diff: 1}").complaint(integers(4, 6), want)).isEmpty();
    assertThat(tolerance("{kind: int, max_diff: 1}").complaint(integers(5, 7), want))
        .isEqualTo("expected 5 at index 1, found 7");
    assertThat(tolerance("{kind: int, max_diff: 1, max_count: 1}").complaint(integers(4, 6), want))
        .isEqualTo("expected at most 1 differing elements, found 2");
    assertThat(
            tolerance("{kind: int, max_diff: 1, max_fraction: 0.1}")
                .complaint(integers(4, 5), want))
        .isEmpty();
  }

  @Test
  void l1LimitsTheSumOfDifferences() {
    Tolerance l1 = tolerance("{kind: l1, max: 1}");

    assertThat(l1.complaint(floats(0.5f, 1.5f), floats(0, 1))).isEmpty();
    assertThat(l1.complaint(floats(0.5f, 2), floats(0, 1)))
        .isEqualTo("expected an absolute sum of differences of at most 1.0, found 1.5");
    assertThat(l1.complaint(integers(1, 3), integers(0, 2)))
        .isEqualTo("expected an absolute sum of differences of at most 1.0, found 2");
  }

  @Test
  void shapesAndKindsOfNumbersMustAgree() {
    Tolerance exact = tolerance("{kind: exact}");

    assertThat(exact.complaint(floats(1, 2), Npy.of(new long[] {2, 1}, new float[] {1, 2})))
        .isEqualTo("expected FLOAT32[2, 1], found FLOAT32[2]");
    assertThat(exact.complaint(floats(1, 2), integers(1, 2)))
        .isEqualTo("expected INT64[2], found FLOAT32[2]");
  }

  @Test
  void unknownKindsAreRefused() {
    Tolerance unknown = tolerance("{kind: about}");

    assertThatThrownBy(() -> unknown.complaint(floats(1, 2), floats(1, 2)))
        .hasMessage("unknown kind of tolerance: {\"kind\":\"about\"}");
  }

  private static Tolerance tolerance(String json) {
    return Tolerance.of(JsonParser.parseString(json).getAsJsonObject());
  }

  private static Npy floats(float... values) {
    return Npy.of(TWO, values);
  }

  private static Npy integers(long... values) {
    return Npy.of(TWO, values);
  }
}
