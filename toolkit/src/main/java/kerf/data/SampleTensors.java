package kerf.data;

import ai.djl.ndarray.NDArray;
import java.lang.ref.Cleaner;
import java.util.Arrays;
import java.util.Map;
import java.util.WeakHashMap;
import kerf.tensor.Scope;

/**
 * Samples in native memory, normalized: made once and shared by all threads that train or evaluate
 * on them, and freed when the samples themselves are no longer used.
 */
public final class SampleTensors {
  private static final Map<Samples, SampleTensors> LOADED = new WeakHashMap<>();
  private static final Cleaner CLEANER = Cleaner.create();

  private final NDArray images;
  private final NDArray labels;

  private SampleTensors(Scope scope, Samples samples) {
    long[] shape = new long[samples.inputShape().length + 1];
    shape[0] = samples.size();
    System.arraycopy(samples.inputShape(), 0, shape, 1, shape.length - 1);
    this.images = scope.tensor(samples.inputs(), shape);
    this.labels =
        scope.tensor(Arrays.stream(samples.labels()).asLongStream().toArray(), samples.size());
  }

  /**
   * Loads samples, or finds them loaded.
   *
   * @param samples one or more
   * @return their arrays; do not change them
   */
  public static SampleTensors of(Samples samples) {
    synchronized (LOADED) {
      return LOADED.computeIfAbsent(
          samples,
          s -> {
            Scope scope = Scope.open();
            CLEANER.register(s, scope::close);
            return new SampleTensors(scope, s);
          });
    }
  }

  /**
   * Gives the images.
   *
   * @return float32 of shape {@code (samples, channels, height, width)}
   */
  public NDArray images() {
    return images;
  }

  /**
   * Gives the labels.
   *
   * @return int64 of shape {@code (samples)}
   */
  public NDArray labels() {
    return labels;
  }
}
