package kerf.experiment.robustness;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import kerf.argument.Argument;
import kerf.data.Dataset;
import kerf.data.Datasets;
import kerf.data.Normalization;
import kerf.experiment.Folders;
import kerf.experiment.Identity;
import kerf.experiment.Length;
import kerf.experiment.Plans;
import kerf.experiment.Seeds;
import kerf.experiment.Study;
import kerf.plot.Figure;

/**
 * The experiment: networks with dense and with sparse weights and activations are trained, and
 * measured on images with more and more noise. Ahmad and Scheinkman, "How Can We Be So Dense?",
 * 2019, section 4.1, with the settings of numenta/htmpapers.
 *
 * @param length how much of it is run
 * @param data what networks are trained and measured on, images of 28x28
 * @param nets the networks
 * @param epochs the most passes over the training images; a network whose settings say fewer takes
 *     fewer
 * @param seeds one repetition each, 1 or more
 * @param home the folder under which results are kept
 */
public record Robustness(
    Length length, Dataset data, Set<Net> nets, int epochs, List<Long> seeds, Path home) {

  /**
   * Checks the numbers.
   *
   * @param length how much of it is run
   * @param data what networks are trained and measured on
   * @param nets the networks
   * @param epochs the most passes over the training images, 1 or more
   * @param seeds one repetition each, 1 or more
   * @param home the folder under which results are kept
   */
  public Robustness {
    Argument.require("data", data);
    Argument.require("home", home);
    Argument.require("nets", nets);
    Argument.require("seeds", seeds);
    Plans.requireEpochs(epochs);
    seeds = Seeds.require(seeds);
    if (nets.isEmpty()) {
      throw new IllegalArgumentException("nets must name at least one network, found none");
    }
    EnumSet<Net> all = EnumSet.copyOf(nets);
    if (all.contains(Net.PRUNED)) {
      all.add(Net.DENSE);
    }
    nets = all;
  }

  /**
   * The experiment in one of its lengths.
   *
   * @param length how much of it to run
   * @return the plan
   */
  public static Robustness of(Length length) {
    Argument.require("length", length);
    Dataset mnist = mnist();
    Robustness full =
        new Robustness(
            length,
            mnist,
            EnumSet.allOf(Net.class),
            15,
            LongStream.range(42, 52).boxed().toList(),
            Folders.home());
    return switch (length) {
      case FULL -> full;
      case STANDARD -> full.data(mnist.sample(20_000, 1_000, 5_000, 1)).epochs(5).seeds(1, 2, 3);
      case QUICK ->
          full.data(mnist.sample(10_000, 500, 1_000, 1))
              .epochs(3)
              .seeds(1, 2, 3)
              .nets(EnumSet.complementOf(EnumSet.copyOf(Net.MIXED)));
      case SMOKE ->
          full.data(mnist.sample(640, 100, 100, 1))
              .epochs(2)
              .seeds(1)
              .nets(EnumSet.complementOf(EnumSet.copyOf(Net.MIXED)));
    };
  }

  /** As the article normalizes it; the mean and deviation are those its noise is made of. */
  private static Dataset mnist() {
    return Datasets.mnist().normalization(Normalization.standardized(0.1307, 0.3081));
  }

  /**
   * Changes the data.
   *
   * @param other what to train and measure on, images of 28x28
   * @return such a plan
   */
  public Robustness data(Dataset other) {
    return new Robustness(length, other, nets, epochs, seeds, home);
  }

  /**
   * Changes the networks. What is done already is kept.
   *
   * @param each the networks; with a pruned one comes the dense one it is pruned from
   * @return such a plan
   */
  public Robustness nets(Net... each) {
    Argument.require("nets", each);
    return nets(Set.copyOf(Arrays.asList(each)));
  }

  private Robustness nets(Set<Net> each) {
    return new Robustness(length, data, each, epochs, seeds, home);
  }

  /**
   * Changes how long networks are trained at most.
   *
   * @param passes over the training images, 1 or more
   * @return such a plan
   */
  public Robustness epochs(int passes) {
    return new Robustness(length, data, nets, passes, seeds, home);
  }

  /**
   * Changes the repetitions. Seeds that are done already are kept.
   *
   * @param each one repetition each
   * @return such a plan
   */
  public Robustness seeds(long... each) {
    Argument.require("seeds", each);
    return new Robustness(length, data, nets, epochs, Arrays.stream(each).boxed().toList(), home);
  }

  /**
   * Changes where results are kept.
   *
   * @param folder a folder; made if it is not there
   * @return such a plan
   */
  public Robustness home(Path folder) {
    return new Robustness(length, data, nets, epochs, seeds, folder);
  }

  /**
   * Draws a digit of each class with more and more noise.
   *
   * @return the figure
   */
  public Figure digits() {
    return RobustnessFigures.digits(data.test());
  }

  /**
   * Runs what is not done yet, on all cores, and reads back the rest.
   *
   * @return the results
   * @throws java.util.concurrent.CancellationException if the thread is interrupted; what was
   *     finished stays
   */
  public RobustnessResults run() {
    return new RobustnessResults(this, new Study<>(new Networks(this)).run());
  }

  /** What makes a unit's result; nets and seeds only say how many of them there are. */
  Identity identity() {
    return new Identity("robustness")
        .and("data", data.toString(), mnist().toString())
        .and("epochs", epochs, 15);
  }

  @Override
  public String toString() {
    return "robustness, %s: %d networks on %s, at most %d epochs, seeds %s"
        .formatted(length, nets.size(), data, epochs, seeds);
  }
}
