package kerf.quantization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import kerf.quantization.WidthAllocation.Width;
import kerf.random.RandomStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class WidthAllocationTest {
  private static final Quantization PLAN = Quantization.plan().weightOnly();

  /** Two layers of 100 weights: 100 bytes at 8 bits, 50 at 4, 25 at 2. */
  private static List<Width> two() {
    return List.of(
        new Width("a", 8, 100, 100, 0),
        new Width("a", 4, 100, 50, 0.01),
        new Width("a", 2, 100, 25, 0.5),
        new Width("b", 8, 100, 100, 0),
        new Width("b", 4, 100, 50, 0.1),
        new Width("b", 2, 100, 25, 0.11));
  }

  /** Of 75 bytes, a at 4 and b at 2 bits lose 0.12, the other way round 0.6. */
  @Test
  void theLeastLossWithinTheTarget() {
    WidthAllocation chosen = WidthAllocation.of(PLAN, 75 / 800.0, "accuracy", two());

    assertThat(chosen.layers()).extracting(Width::bits).containsExactly(4, 2);
    assertThat(chosen.bytes()).isEqualTo(75);
    assertThat(chosen.floatBytes()).isEqualTo(800);
    assertThat(chosen.lost()).isCloseTo(0.12, within(1e-12));
    assertThat(chosen.plan()).isEqualTo(PLAN.bits("a", 4).bits("b", 2));
    assertThat(chosen)
        .hasToString(
            "widths of 2 layers: 75 bytes, 9.4 % of the floats', 12.00 % accuracy lost (modelled)");
  }

  /** A target with room for more than nothing lost is not filled up. */
  @Test
  void noMoreBytesThanHelp() {
    assertThat(WidthAllocation.of(PLAN, 0.5, "loss", two()).bytes()).isEqualTo(200);
    assertThat(WidthAllocation.of(PLAN, 0.5, "loss", two()))
        .hasToString(
            "widths of 2 layers: 200 bytes, 25.0 % of the floats', 0.00000 added to the loss (modelled)");
  }

  @Test
  void aTargetOutOfReachIsRefused() {
    assertThatThrownBy(() -> WidthAllocation.of(PLAN, 0.05, "loss", two()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the widths reach 6.3 % of the float bytes of 2 layers, found a target of 5.0 %; add fewer bits to the scan");
    for (double wrong : new double[] {0, 1, 15, Double.NaN}) {
      assertThatThrownBy(() -> WidthAllocation.of(PLAN, wrong, "loss", two()))
          .hasMessage(
              "the share of the bytes must be a fraction in (0, 1), found %s; for 15 %% write 0.15"
                  .formatted(wrong));
    }
  }

  /** Against all choices tried out. */
  @Property(tries = 100)
  void noChoiceIsBetter(@ForAll long seed) {
    RandomStream stream = RandomStream.of(seed, "widths");
    List<Width> widths = new ArrayList<>();
    for (int layer = 0; layer < 4; layer++) {
      long weights = 8L * (1 + stream.nextInt(50));
      for (int bits : new int[] {8, 4, 2}) {
        double lost = stream.nextDouble();
        widths.add(new Width("l" + layer, bits, weights, weights * bits / 8, lost));
      }
    }
    double share = 0.07 + 0.2 * stream.nextDouble();
    long all = widths.stream().filter(w -> w.bits() == 8).mapToLong(w -> 4 * w.weights()).sum();
    double least = Double.POSITIVE_INFINITY;
    for (int choice = 0; choice < 81; choice++) {
      long bytes = 0;
      double lost = 0;
      for (int layer = 0, rest = choice; layer < 4; layer++, rest /= 3) {
        Width width = widths.get(3 * layer + rest % 3);
        bytes += width.bytes();
        lost += width.lost();
      }
      least = bytes <= share * all ? Math.min(least, lost) : least;
    }

    WidthAllocation chosen = WidthAllocation.of(PLAN, share, "loss", widths);

    assertThat(chosen.bytes()).isLessThanOrEqualTo((long) (share * all));
    assertThat(chosen.lost()).isCloseTo(least, within(1e-12));
  }
}
