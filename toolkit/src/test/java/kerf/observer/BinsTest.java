package kerf.observer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class BinsTest {
  @Test
  void aWiderBatchMakesTwoBinsOne() {
    Bins bins = bins(4, false, new float[] {0, 1, 2, 3, 4}, new float[] {8});
    assertThat(bins.low()).isZero();
    assertThat(bins.high()).isEqualTo(8);
    assertThat(bins.counts()).containsExactly(2, 3, 0, 1);
  }

  @Test
  void belowZeroTheOtherEndStays() {
    Bins bins = bins(4, false, new float[] {0, 1, 2, 3, 4}, new float[] {-4});
    assertThat(bins.low()).isEqualTo(-4);
    assertThat(bins.counts()).containsExactly(1, 0, 2, 3);
  }

  @Test
  void zerosThatCameFirstAreCounted() {
    assertThat(bins(4, false, new float[] {0, 0}, new float[] {-2, 2}).counts())
        .containsExactly(1, 0, 2, 1);
    assertThat(bins(4, true, new float[2]).counts()).containsExactly(2, 0, 0, 0);
  }

  @Property
  void nothingIsLost(@ForAll @Size(max = 4) float[][] batches) {
    Bins bins = new Bins(8);
    long total = 0;
    for (float[] batch : batches) {
      float[] small = new float[batch.length];
      for (int i = 0; i < small.length; i++) {
        small[i] = batch[i] % 1000;
      }
      bins.add(small, 0, small.length, false);
      total += small.length;
    }
    assertThat(Arrays.stream(bins.counts()).sum()).isEqualTo(total);
    assertThat(bins.total()).isEqualTo(total);
  }

  private static Bins bins(int count, boolean magnitudes, float[]... batches) {
    Bins bins = new Bins(count);
    for (float[] batch : batches) {
      bins.add(batch, 0, batch.length, magnitudes);
    }
    return bins;
  }
}
