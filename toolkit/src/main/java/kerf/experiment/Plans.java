package kerf.experiment;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import kerf.data.Dataset;
import kerf.model.Architecture;
import kerf.model.Resizable;

/** What the plans of all experiments have in common: options that are checked in one way. */
public final class Plans {
  private Plans() {}

  /**
   * Checks the length of a training.
   *
   * @param epochs passes over the training images
   * @throws IllegalArgumentException if there are none
   */
  public static void requireEpochs(int epochs) {
    if (epochs < 1) {
      throw new IllegalArgumentException(
          "epochs must be 1 or more passes over the training images, found " + epochs);
    }
  }

  /**
   * Checks how many images something is computed on.
   *
   * @param images how many
   * @throws IllegalArgumentException if there are none
   */
  public static void requireImages(int images) {
    if (images < 1) {
      throw new IllegalArgumentException("images must be 1 or more, found " + images);
    }
  }

  /**
   * Checks the number of rounds of pruning.
   *
   * @param rounds how many
   * @throws IllegalArgumentException if there are none
   */
  public static void requireRounds(int rounds) {
    if (rounds < 1) {
      throw new IllegalArgumentException("rounds must be 1 or more, found " + rounds);
    }
  }

  /**
   * Checks that a network takes the images of the data.
   *
   * @param network the network
   * @param data the data
   * @throws IllegalArgumentException if it takes images of another shape
   */
  public static void requireImages(Architecture network, Dataset data) {
    long[] takes = network.structure().inputShape();
    if (!Arrays.equals(takes, data.inputShape())) {
      throw new IllegalArgumentException(
          "%s takes images of shape %s, found %s in %s; give data(...) before network(...), and the network's input(channels, height, width)"
              .formatted(
                  network.describe(),
                  Arrays.toString(takes),
                  Arrays.toString(data.inputShape()),
                  data.name()));
    }
  }

  /**
   * Fits a network to other data.
   *
   * @param network the network
   * @param data the data
   * @return the same layers on images of the data's shape; the network itself if it takes only its
   *     own
   */
  public static Architecture fitted(Architecture network, Dataset data) {
    return network instanceof Resizable<?> any ? any.input(data.inputShape()) : network;
  }

  /**
   * Whether numbers go from one end to another without a turn or a halt.
   *
   * @param numbers the numbers
   * @param from the end before the first, itself not allowed
   * @param to the end behind the last, itself not allowed; below {@code from} for numbers that
   *     descend
   * @return no if there are none
   */
  public static boolean monotone(List<? extends Number> numbers, double from, double to) {
    double way = Math.signum(to - from);
    double before = from;
    for (Number each : numbers) {
      double number = each.doubleValue();
      if (!(way * (number - before) > 0 && way * (to - number) > 0)) {
        return false;
      }
      before = number;
    }
    return !numbers.isEmpty();
  }

  /**
   * Finds an option by the name that tables and figures give it.
   *
   * @param <T> what kind of option
   * @param kind the word for such options, such as {@code arm}
   * @param all the options
   * @param name the name, as {@code toString} gives it
   * @return the option
   * @throws IllegalArgumentException if there is none of that name
   */
  public static <T> T named(String kind, T[] all, String name) {
    List<String> names = Stream.of(all).map(Object::toString).toList();
    int index = names.indexOf(name.strip());
    if (index < 0) {
      throw new IllegalArgumentException(
          "%s must be one of %s, found '%s'".formatted(kind, String.join("; ", names), name));
    }
    return all[index];
  }
}
