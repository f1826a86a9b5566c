package kerf.criterion;

import kerf.storage.Npy;
import kerf.tensor.Scope;

/**
 * What is found of activations that no network computed, for golden cases.
 *
 * @param activity as if behind a ReLU
 * @param changes the first-order changes without each channel
 */
public record ActivityOfArrays(ChannelActivity activity, float[] changes) {

  /** Adds up one batch. */
  public static ActivityOfArrays find(Npy activations, Npy gradients, int axis) {
    try (Scope scope = Scope.open()) {
      int channels = (int) activations.shape()[axis];
      ChannelSums sums = new ChannelSums(scope, channels, axis);
      var batch = scope.tensor(activations.floats(), activations.shape());
      sums.add(batch);
      sums.add(batch, scope.tensor(gradients.floats(), gradients.shape()));
      ChannelActivity activity =
          new ChannelActivity(
              true, "ReLU", sums.zeros(), sums.means(), sums.deviations(), sums.meanMagnitudes());
      return new ActivityOfArrays(activity, sums.meanChanges());
    }
  }
}
