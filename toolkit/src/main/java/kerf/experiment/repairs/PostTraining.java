package kerf.experiment.repairs;

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
import kerf.model.CifarResnet;
import kerf.model.Convnet;
import kerf.model.MobileNet;
import kerf.model.Network;
import kerf.repair.AdaRound;
import kerf.repair.Rescaling;

/**
 * The experiment: trained networks are quantized after training, weights of several widths with one
 * scale a tensor, and repaired in every way that {@code kerf.repair} knows, alone and together.
 *
 * @param length how much of it is run
 * @param data what is trained and measured on
 * @param networks what is quantized; the first is the one that needs repairs most
 * @param epochs passes over the training images
 * @param calibration training images that ranges and repairs are found on
 * @param bits widths of weights, descending; activations have 8 bits
 * @param rounding how weights are rounded adaptively
 * @param seeds one repetition each, 1 or more
 * @param home the folder under which results are kept
 */
public record PostTraining(
    Length length,
    Dataset data,
    List<Architecture> networks,
    int epochs,
    int calibration,
    List<Integer> bits,
    AdaRound rounding,
    List<Long> seeds,
    Path home) {

  /** The width of weights at which the first network is also quantized with uneven channels. */
  static final int UNEVEN_BITS = 8;

  /** Channels are made uneven by factors of a quarter to 4. */
  static final int EXPONENT = 2;

  /** The network of a unit before anything is rounded. */
  static Network channels(Unit unit, Network trained) {
    return unit.channels() == Unit.Channels.UNEVEN
        ? Rescaling.uneven(trained, EXPONENT, unit.seed())
        : trained;
  }

  /**
   * Checks that all fits together.
   *
   * @param length how much of it is run
   * @param data what is trained and measured on
   * @param networks what is quantized
   * @param epochs passes over the training images, 1 or more
   * @param calibration training images that ranges and repairs are found on
   * @param bits widths of weights, 2 to 8
   * @param rounding how weights are rounded adaptively
   * @param seeds one repetition each, 1 or more
   * @param home the folder under which results are kept
   */
  public PostTraining {
    Argument.require("bits", bits);
    Argument.require("data", data);
    Argument.require("home", home);
    Argument.require("networks", networks);
    Argument.require("rounding", rounding);
    Argument.require("seeds", seeds);
    networks = List.copyOf(networks);
    bits = List.copyOf(bits);
    seeds = Seeds.require(seeds);
    if (networks.isEmpty()) {
      throw new IllegalArgumentException(
          "networks must name at least one, found none; write networks(mobilenet(16, 32, 64).input(1, 28, 28))");
    }
    if (bits.isEmpty() || bits.stream().anyMatch(width -> width < 2 || width > 8)) {
      throw new IllegalArgumentException(
          "bits must be widths of 2 to 8, found %s; write bits(8, 4)".formatted(bits));
    }
    Plans.requireEpochs(epochs);
    Plans.requireImages(calibration);
  }

  /**
   * The experiment in one of its lengths.
   *
   * @param length how much of it to run
   * @return the plan
   */
  public static PostTraining of(Length length) {
    Argument.require("length", length);
    Dataset whole = Datasets.fashionMnist().standardized();
    PostTraining full =
        new PostTraining(
            length,
            whole,
            List.of(
                new MobileNet(32, 64, 128, 128, 256, 256).input(1, 28, 28),
                new CifarResnet(20).input(1, 28, 28)),
            30,
            1024,
            List.of(8, 6, 5, 4, 3, 2),
            AdaRound.plan().steps(10_000),
            List.of(1L, 2L, 3L, 4L, 5L),
            Folders.home());
    return switch (length) {
      case FULL -> full;
      case STANDARD ->
          full.data(whole.sample(20_000, 500, 5_000, 1))
              .networks(
                  new MobileNet(16, 32, 64, 64, 128).input(1, 28, 28),
                  new Convnet(16, 32, 64).input(1, 28, 28))
              .epochs(12)
              .calibration(512)
              .bits(8, 6, 5, 4, 3)
              .rounding(AdaRound.plan().steps(2_000))
              .seeds(1, 2, 3);
      case QUICK ->
          full.data(whole.sample(8_000, 500, 2_500, 1))
              .networks(
                  new MobileNet(16, 32, 64, 64).input(1, 28, 28),
                  new Convnet(8, 16, 32).input(1, 28, 28))
              .epochs(8)
              .calibration(256)
              .bits(8, 4, 3)
              .rounding(AdaRound.plan().steps(500))
              .seeds(1, 2, 3);
      case SMOKE ->
          full.data(whole.sample(640, 100, 200, 1))
              .networks(new MobileNet(4, 8).input(1, 28, 28), new Convnet(4, 8).input(1, 28, 28))
              .epochs(2)
              .calibration(64)
              .bits(8, 4)
              .rounding(AdaRound.plan().steps(20).batch(32))
              .seeds(1);
    };
  }

  /**
   * Changes the data; change the networks too if its images have another shape.
   *
   * @param other such as {@code mnist().standardized()}
   * @return such a plan
   */
  public PostTraining data(Dataset other) {
    return new PostTraining(
        length, other, networks, epochs, calibration, bits, rounding, seeds, home);
  }

  /**
   * Changes the networks.
   *
   * @param others of different kinds, taking the images of the data
   * @return such a plan
   */
  public PostTraining networks(Architecture... others) {
    Argument.require("networks", others);
    return new PostTraining(
        length, data, Arrays.asList(others), epochs, calibration, bits, rounding, seeds, home);
  }

  /**
   * Changes how long networks are trained.
   *
   * @param passes over the training images
   * @return such a plan
   */
  public PostTraining epochs(int passes) {
    return new PostTraining(
        length, data, networks, passes, calibration, bits, rounding, seeds, home);
  }

  /**
   * Changes how many images ranges and repairs are found on.
   *
   * @param images training images
   * @return such a plan
   */
  public PostTraining calibration(int images) {
    return new PostTraining(length, data, networks, epochs, images, bits, rounding, seeds, home);
  }

  /**
   * Changes the widths of weights. Those that are done already are kept.
   *
   * @param widths descending, 2 to 8
   * @return such a plan
   */
  public PostTraining bits(Integer... widths) {
    Argument.require("bits", widths);
    return new PostTraining(
        length, data, networks, epochs, calibration, Arrays.asList(widths), rounding, seeds, home);
  }

  /**
   * Changes how weights are rounded adaptively.
   *
   * @param other such as {@code adaRound().steps(2_000)}
   * @return such a plan
   */
  public PostTraining rounding(AdaRound other) {
    return new PostTraining(length, data, networks, epochs, calibration, bits, other, seeds, home);
  }

  /**
   * Changes the repetitions. Seeds that are done already are kept.
   *
   * @param each one repetition each
   * @return such a plan
   */
  public PostTraining seeds(long... each) {
    Argument.require("seeds", each);
    List<Long> repetitions = Arrays.stream(each).boxed().toList();
    return new PostTraining(
        length, data, networks, epochs, calibration, bits, rounding, repetitions, home);
  }

  /**
   * Changes where results are kept.
   *
   * @param folder a folder; made if it is not there
   * @return such a plan
   */
  public PostTraining home(Path folder) {
    return new PostTraining(
        length, data, networks, epochs, calibration, bits, rounding, seeds, folder);
  }

  /**
   * Runs what is not done yet, on all cores, and reads back the rest.
   *
   * @return the results
   * @throws java.util.concurrent.CancellationException if the thread is interrupted; what was
   *     finished stays
   */
  public PostTrainingResults run() {
    return new PostTrainingResults(this, new Study<>(new RepairWork(this)).run());
  }

  /** What makes a unit's result; widths and seeds only say how many of them there are. */
  Identity identity(Architecture network) {
    return new Identity("repairs")
        .and("data", data.toString(), "")
        .and("network", network.describe(), "")
        .and("epochs", epochs, 0)
        .and("calibration", calibration, 0)
        .and("rounding", rounding, AdaRound.plan());
  }

  @Override
  public String toString() {
    return "post-training repairs, %s: %s on %s; %d epochs, weights of %s bits, %d calibration images, seeds %s"
        .formatted(
            length,
            networks.stream().map(Architecture::describe).toList(),
            data,
            epochs,
            bits,
            calibration,
            seeds);
  }
}
