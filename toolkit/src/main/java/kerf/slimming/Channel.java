package kerf.slimming;

import java.util.List;

/**
 * One channel, at all places that can only lose it together.
 *
 * @param filters the filters and neurons that make it, depthwise filters on its way included: what
 *     a mask prunes to remove it
 * @param norms its elements of batch normalization
 * @param readers the weights that multiply it
 */
public record Channel(List<Place> filters, List<Place> norms, List<Place> readers) {
  /**
   * Copies the places.
   *
   * @param filters the filters and neurons that make it
   * @param norms its elements of batch normalization
   * @param readers the weights that multiply it
   */
  public Channel {
    filters = List.copyOf(filters);
    norms = List.copyOf(norms);
    readers = List.copyOf(readers);
  }

  /**
   * Where a channel is in a layer's parameters.
   *
   * @param layer the layer's name, such as {@code conv1}
   * @param axis of the weight: 0 where the layer gives the channel out, 1 where it reads it
   * @param offsets indices along that axis: several where a flattened channel is read, or where
   *     channels are tied to each other; of a grouped convolution the inputs of all groups are
   *     counted through
   */
  public record Place(String layer, int axis, List<Integer> offsets) {
    /**
     * Copies the offsets.
     *
     * @param layer the layer's name
     * @param axis of the weight
     * @param offsets indices along that axis
     */
    public Place {
      offsets = List.copyOf(offsets);
    }

    @Override
    public String toString() {
      return layer + (axis == 0 ? " out " : " in ") + offsets;
    }
  }
}
