package kerf.repair;

/**
 * Two layers with nothing between them that a positive factor would not pass: what the first gives
 * out divided by it, channel by channel, and the second's weights multiplied by it, the network
 * computes what it did.
 *
 * @param first the layer that gives the channels
 * @param second the layer that reads them
 * @param positions how many neighbouring inputs of the second a channel is: more than 1 behind a
 *     flattening
 * @param rectified whether negative values are cut off between the two
 */
record Seam(Layer first, Layer second, int positions, boolean rectified) {
  int channels() {
    return first.outputs();
  }

  /** The channel that a weight of the second layer reads. */
  int read(int index) {
    return second.input(index) / positions;
  }
}
