package kerf.model;

import java.util.Arrays;
import kerf.data.Samples;

/** Whether a network and samples go together: asked before anything is computed. */
public final class Fit {
  private Fit() {}

  /**
   * Checks that a network can compute on samples: its values are finite, there are samples, and
   * they have the shape of its input. A network whose input is one axis takes images too, row by
   * row.
   *
   * @param network the network
   * @param samples what it is to compute on
   * @throws IllegalArgumentException if there are no samples, or they have another shape
   * @throws DivergedException if the network holds a number that is not finite
   */
  public static void require(Network network, Samples samples) {
    network.requireFinite();
    if (samples.size() == 0) {
      throw new IllegalArgumentException(
          "%s needs at least one sample to compute on, found none in %s; take more, or hold some out with .validation(n, seed)"
              .formatted(network.architecture().describe(), samples));
    }
    long[] takes = network.architecture().structure().inputShape();
    if (takes.length == 1 && samples.text()) {
      throw new IllegalArgumentException(
          "%s takes inputs of shape %s, found characters in %s, which are numbers of classes; take charLstm(128)"
              .formatted(network.architecture().describe(), Arrays.toString(takes), samples));
    }
    require(network.architecture(), samples.inputShape(), samples.toString());
  }

  /**
   * Checks that an architecture takes inputs of a shape.
   *
   * @param architecture the architecture
   * @param found the shape of one input
   * @param whose where the inputs come from, for the error
   * @throws IllegalArgumentException if it takes inputs of another shape
   */
  public static void require(Architecture architecture, long[] found, String whose) {
    long[] takes = architecture.structure().inputShape();
    if (!fits(takes, found)) {
      throw new IllegalArgumentException(
          "%s takes inputs of shape %s, found %s in %s; take data of that shape, or a network made for this one%s"
              .formatted(
                  architecture.describe(),
                  Arrays.toString(takes),
                  Arrays.toString(found),
                  whose,
                  architecture instanceof Resizable<?>
                      ? ": .input(%d, %d, %d)".formatted(found[0], found[1], found[2])
                      : ""));
    }
  }

  private static boolean fits(long[] takes, long... found) {
    return Arrays.equals(takes, found) || takes.length == 1 && takes[0] == size(found);
  }

  private static long size(long... shape) {
    return Arrays.stream(shape).reduce(1, Math::multiplyExact);
  }
}
