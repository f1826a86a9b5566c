package kerf.criterion;

/**
 * What the outputs of a layer are like, over samples and positions, behind the nonlinearity that
 * follows it.
 *
 * @param rectified whether that is a ReLU, so that zeros mean something
 * @param after the nonlinearity, such as {@code ReLU}, or what follows the layer instead of one
 * @param zeros the share of outputs that are exactly 0, in [0, 1], a number a channel
 * @param mean the mean output, a number a channel
 * @param deviation its standard deviation, divided by the count as numpy's
 * @param meanMagnitude the mean of outputs' magnitudes
 */
public record ChannelActivity(
    boolean rectified,
    String after,
    float[] zeros,
    float[] mean,
    float[] deviation,
    float[] meanMagnitude) {}
