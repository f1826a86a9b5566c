package kerf.coding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import kerf.random.RandomStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RelativeIndexTest {
  @Test
  void aDistanceThatDoesNotFitIsBrokenByFillers() {
    // With 3 bits at most 7: 1 and 4 are 3 apart, 4 and 15 are 11 apart, 15 and 29 are 14.
    RelativeIndex index = RelativeIndex.of(new int[] {1, 4, 15, 29}, 3);

    assertThat(index.gaps()).containsExactly(2, 3, 7, 4, 7, 7);
    assertThat(index.symbols()).containsExactly(2, 3, 0, 4, 0, 7);
    assertThat(index.fillers()).isEqualTo(2);
    assertThat(index.filled(3.4f, 0.9f, 1.7f, 2)).containsExactly(3.4f, 0.9f, 0, 1.7f, 0, 2);
    assertThat(index.places()).containsExactly(1, 4, 15, 29);
  }

  @Property(tries = 50)
  void placesComeBackAtEveryWidth(
      @ForAll @IntRange(min = 1, max = 16) int bits,
      @ForAll @IntRange(min = 1, max = 99) int seed) {
    RandomStream stream = RandomStream.of(seed, "places");
    int[] places = IntStream.range(0, 700).filter(i -> stream.nextInt(20) == 0).toArray();

    RelativeIndex index = RelativeIndex.of(places, bits);

    assertThat(index.places()).containsExactly(places);
    assertThat((long) index.symbols().length).isEqualTo(RelativeIndex.entries(places, bits));
  }
}
