package kerf.slimming;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import kerf.mask.LayerMask;
import kerf.mask.Mask;
import kerf.model.Network;
import kerf.random.RandomStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever the mask, whatever the coupling: a slim network computes what the masked one does. */
class RandomMaskTest {
  private static final Map<String, Network> ZOO = Tiny.zoo();

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.of(ZOO.keySet());
  }

  /** Loses filters and inputs whole, and single weights. */
  private static Network masked(Network network, long seed) {
    List<LayerMask> masks = new ArrayList<>();
    for (LayerMask dense : network.mask().layers()) {
      RandomStream random = RandomStream.of(seed, "mask").split(dense.name());
      int outs = (int) dense.shape()[0];
      int ins = (int) dense.shape()[1];
      int taps = dense.size() / outs / ins;
      float[] rows = random.split("rows").uniforms(outs, 0, 1);
      float[] columns = random.split("columns").uniforms(ins, 0, 1);
      float[] each = random.split("each").uniforms(dense.size(), 0, 1);
      masks.add(
          dense.without(
              IntStream.range(0, dense.size())
                  .filter(
                      i ->
                          rows[i / taps / ins] < 0.4
                              || columns[i / taps % ins] < 0.2
                              || each[i] < 0.1)
                  .toArray()));
    }
    return network.masked(Mask.of(masks));
  }

  @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
  void slimEqualsMasked(
      @ForAll("names") String name,
      @ForAll @IntRange(max = 100_000) int seed,
      @ForAll @IntRange(min = 1, max = 3) int multiple) {
    Network masked = masked(ZOO.get(name), seed);
    Slimming plan = Slimming.plan().roundTo(multiple);
    Slimmed slim;
    try {
      slim = plan.slim(masked);
    } catch (IllegalArgumentException refused) {
      assertThat(refused).hasMessageStartingWith("nothing can be removed from this network: ");
      return;
    }
    SlimmingTest.assertSame(masked, slim);
    assertThat(slim.report().slimParameters()).isLessThanOrEqualTo(slim.report().parameters());
    for (String layer : slim.layers()) {
      long left = slim.shape(layer)[0];
      assertThat(left % multiple == 0 || left == masked.shape(layer)[0])
          .as("%s of %s has %d channels", layer, name, left)
          .isTrue();
    }
  }
}
