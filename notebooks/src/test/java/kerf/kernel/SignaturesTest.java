package kerf.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SignaturesTest {
  static <T> List<T> listed(java.util.Map.Entry<String, T> entry, long... shape) {
    return List.of();
  }

  @Test
  void leaveThePackagesOut() throws NoSuchMethodException {
    assertThat(
            Signatures.of(
                getClass().getDeclaredMethod("listed", java.util.Map.Entry.class, long[].class)))
        .isEqualTo("List<T> listed(Map.Entry<String, T> entry, long... shape)");
    assertThat(Signatures.brief("double java.lang.Math.hypot(double x, double y)"))
        .isEqualTo("double Math.hypot(double x, double y)");
  }
}
