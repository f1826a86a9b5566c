package kerf.criterion;

import ai.djl.ndarray.NDArray;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import kerf.tensor.Scope;
import kerf.tensor.Script;
import kerf.tensor.Value;

/** Adds up, channel by channel, what activations are like, over batches and positions. */
final class ChannelSums {
  private static final Script SCRIPT =
      Script.compile(
          """
          def add(self: __torch__.Kerf, activations: Tensor, axis: List[int], sums: Tensor) -> NoneType:
            a = torch.flatten(torch.to(torch.transpose(activations, 0, axis[0]), 7), 1)
            zeros = torch.sum(torch.to(torch.eq(a, 0), 7), [1])
            rows = [zeros, torch.sum(a, [1]), torch.sum(torch.mul(a, a), [1]), torch.sum(torch.abs(a), [1])]
            _0 = torch.add_(sums, torch.stack(rows))
            return None
          def taylor(self: __torch__.Kerf, activations: Tensor, gradients: Tensor, axis: List[int], sums: Tensor) -> NoneType:
            products = torch.mul(torch.to(activations, 7), torch.to(gradients, 7))
            channels = torch.flatten(torch.unsqueeze(torch.transpose(products, 1, axis[0]), -1), 2)
            _0 = torch.add_(sums, torch.sum(torch.abs(torch.mean(channels, [2])), [0]))
            return None
          """);

  private final int channels;
  private final int axis;
  private final NDArray sums;
  private final NDArray changes;
  private long places;
  private long samples;

  /**
   * Starts at 0.
   *
   * @param scope where the sums live
   * @param channels how many there are
   * @param axis where they are, the batch being axis 0
   */
  ChannelSums(Scope scope, int channels, int axis) {
    this.channels = channels;
    this.axis = axis;
    this.sums = scope.tensor(new double[4 * channels], 4, channels);
    this.changes = scope.tensor(new double[channels], channels);
  }

  /** Sums for the channels of some layers, by layer. */
  static Map<String, ChannelSums> of(Collection<Outlet> outlets, Scope scope) {
    Map<String, ChannelSums> sums = new LinkedHashMap<>();
    for (Outlet outlet : outlets) {
      sums.put(outlet.layer(), new ChannelSums(scope, outlet.channels(), outlet.axis()));
    }
    return sums;
  }

  /** Takes in the activations of a batch. */
  void add(NDArray activations) {
    try (Value batch = Value.of(activations);
        Value at = Value.of(new long[] {axis});
        Value own = Value.of(sums)) {
      SCRIPT.call("add", batch, at, own).close();
    }
    places += activations.size() / channels;
  }

  /** Takes in the activations of a batch with the gradient of each sample's loss by them. */
  void add(NDArray activations, NDArray gradients) {
    try (Value batch = Value.of(activations);
        Value slopes = Value.of(gradients);
        Value at = Value.of(new long[] {axis});
        Value own = Value.of(changes)) {
      SCRIPT.call("taylor", batch, slopes, at, own).close();
    }
    samples += activations.getShape().get(0);
  }

  /** The share of activations that are 0, a number a channel. */
  float[] zeros() {
    return row(0);
  }

  float[] means() {
    return row(1);
  }

  /** The standard deviations: roots of mean squares, as numpy's. */
  float[] deviations() {
    double[] all = sums.toDoubleArray();
    float[] deviations = new float[channels];
    for (int c = 0; c < channels; c++) {
      double mean = all[channels + c] / places;
      deviations[c] = (float) Math.sqrt(Math.max(0, all[2 * channels + c] / places - mean * mean));
    }
    return deviations;
  }

  float[] meanMagnitudes() {
    return row(3);
  }

  /** The mean over samples of |the mean over positions of activation times gradient|. */
  float[] meanChanges() {
    double[] all = changes.toDoubleArray();
    float[] means = new float[channels];
    for (int c = 0; c < channels; c++) {
      means[c] = (float) (all[c] / samples);
    }
    return means;
  }

  private float[] row(int row) {
    double[] all = sums.toDoubleArray();
    float[] means = new float[channels];
    for (int c = 0; c < channels; c++) {
      means[c] = (float) (all[row * channels + c] / places);
    }
    return means;
  }
}
