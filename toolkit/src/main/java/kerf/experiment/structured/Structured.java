package kerf.experiment.structured;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import kerf.argument.Argument;
import kerf.data.Dataset;
import kerf.data.Datasets;
import kerf.experiment.Folders;
import kerf.experiment.Identity;
import kerf.experiment.Length;
import kerf.experiment.Plans;
import kerf.experiment.Seeds;
import kerf.experiment.Study;
import kerf.model.Architecture;
import kerf.model.Convnet;

/**
 * The experiment: a trained network is pruned by weights and by filters, and fine-tuned; beside it
 * the same small networks are trained from scratch. After Liu et al., "Rethinking the Value of
 * Network Pruning", 2019.
 *
 * @param length how much of it is run
 * @param data what is trained and measured on
 * @param network what is pruned: convolutions and linear layers in a chain
 * @param protocol how long networks are trained, and how fast
 * @param kept the fractions of each convolution's filters that are kept, descending, in (0, 1);
 *     where single weights are pruned, as many stay as the network with so many filters has
 * @param seeds one repetition each, 1 or more
 * @param home the folder under which results are kept
 */
public record Structured(
    Length length,
    Dataset data,
    Architecture network,
    Protocol protocol,
    List<Double> kept,
    List<Long> seeds,
    Path home) {

  /**
   * Checks that all fits together.
   *
   * @param length how much of it is run
   * @param data what is trained and measured on
   * @param network what is pruned
   * @param protocol how long networks are trained, and how fast
   * @param kept fractions of filters, descending, in (0, 1)
   * @param seeds one repetition each, 1 or more
   * @param home the folder under which results are kept
   */
  public Structured {
    Argument.require("data", data);
    Argument.require("home", home);
    Argument.require("kept", kept);
    Argument.require("network", network);
    Argument.require("protocol", protocol);
    Argument.require("seeds", seeds);
    kept = List.copyOf(kept);
    if (!Plans.monotone(kept, 1, 0)) {
      throw new IllegalArgumentException(
          "kept must be descending fractions of filters in (0, 1), found %s; write kept(0.7, 0.5, 0.3)"
              .formatted(kept));
    }
    Plans.requireImages(network, data);
    seeds = Seeds.require(seeds);
  }

  /**
   * The experiment in one of its lengths.
   *
   * @param length how much of it to run
   * @return the plan
   */
  public static Structured of(Length length) {
    Argument.require("length", length);
    Dataset whole = fashionMnist();
    Structured full =
        new Structured(
            length,
            whole,
            new Convnet(64, 128, 256).input(1, 28, 28),
            Protocol.PUBLISHED,
            List.of(0.7, 0.5, 0.3, 0.15),
            List.of(1L, 2L, 3L, 4L, 5L),
            Folders.home());
    return switch (length) {
      case FULL -> full;
      case STANDARD ->
          full.network(new Convnet(16, 32, 64).input(1, 28, 28))
              .data(whole.sample(10_000, 500, 5_000, 1))
              .protocol(new Protocol(8, 0.1, 2, 0.01, 2))
              .seeds(1, 2, 3);
      case QUICK ->
          full.network(new Convnet(8, 16, 32).input(1, 28, 28))
              .data(whole.sample(8_000, 500, 2_500, 1))
              .protocol(new Protocol(8, 0.1, 2, 0.01, 2))
              .kept(0.7, 0.5, 0.3, 0.2)
              .seeds(1, 2, 3);
      case SMOKE ->
          full.network(new Convnet(4, 8).input(1, 28, 28))
              .data(whole.sample(640, 100, 200, 1))
              .protocol(new Protocol(2, 0.1, 1, 0.01, 2))
              .kept(0.7, 0.5)
              .seeds(1);
    };
  }

  private static Dataset fashionMnist() {
    return Datasets.fashionMnist().standardized();
  }

  /**
   * Changes the data. A network that takes images of any size takes theirs.
   *
   * @param other such as {@code cifar10("/data/cifar-10-batches-bin").standardized()}
   * @return such a plan
   */
  public Structured data(Dataset other) {
    Argument.require("data", other);
    Architecture fitting = Plans.fitted(network, other);
    return new Structured(length, other, fitting, protocol, kept, seeds, home);
  }

  /**
   * Changes the network.
   *
   * @param other convolutions and linear layers in a chain, such as {@code vgg16cifar()}; it takes
   *     the images of the data
   * @return such a plan
   */
  public Structured network(Architecture other) {
    return new Structured(length, data, other, protocol, kept, seeds, home);
  }

  /**
   * Changes how networks are trained.
   *
   * @param other passes and rates
   * @return such a plan
   */
  public Structured protocol(Protocol other) {
    return new Structured(length, data, network, other, kept, seeds, home);
  }

  /**
   * Changes how many filters are kept. Fractions that are done already are kept.
   *
   * @param fractions descending, in (0, 1)
   * @return such a plan
   */
  public Structured kept(double... fractions) {
    Argument.require("fractions", fractions);
    List<Double> levels = Arrays.stream(fractions).boxed().toList();
    return new Structured(length, data, network, protocol, levels, seeds, home);
  }

  /**
   * Changes the repetitions. Seeds that are done already are kept.
   *
   * @param each one repetition each
   * @return such a plan
   */
  public Structured seeds(long... each) {
    Argument.require("seeds", each);
    List<Long> repetitions = Arrays.stream(each).boxed().toList();
    return new Structured(length, data, network, protocol, kept, repetitions, home);
  }

  /**
   * Changes where results are kept.
   *
   * @param folder a folder; made if it is not there
   * @return such a plan
   */
  public Structured home(Path folder) {
    return new Structured(length, data, network, protocol, kept, seeds, folder);
  }

  /**
   * Runs what is not done yet, on all cores, and reads back the rest.
   *
   * @return the results
   * @throws java.util.concurrent.CancellationException if the thread is interrupted; what was
   *     finished stays
   */
  public StructuredResults run() {
    Cutter cutter = new Cutter(network, kept);
    return new StructuredResults(this, cutter, new Study<>(new Trainings(this, cutter)).run());
  }

  /** What makes a unit's result; fractions and seeds only say how many of them there are. */
  Identity identity() {
    return new Identity("structured")
        .and("data", data.toString(), fashionMnist().toString())
        .and("network", network.describe(), new Convnet(64, 128, 256).input(1, 28, 28).describe())
        .and("protocol", protocol, Protocol.PUBLISHED);
  }

  @Override
  public String toString() {
    return "structured, %s: %s on %s, filters kept %s, %s, seeds %s"
        .formatted(length, network.describe(), data, kept, protocol, seeds);
  }
}
