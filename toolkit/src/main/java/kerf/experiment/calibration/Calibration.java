package kerf.experiment.calibration;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import kerf.argument.Argument;
import kerf.calibration.Calibrators;
import kerf.data.Dataset;
import kerf.data.Datasets;
import kerf.experiment.Folders;
import kerf.experiment.Identity;
import kerf.experiment.Length;
import kerf.experiment.Plans;
import kerf.experiment.Seeds;
import kerf.experiment.StepwiseSgd;
import kerf.experiment.Study;
import kerf.model.Architecture;
import kerf.model.CifarResnet;
import kerf.model.Convnet;
import kerf.training.Training;

/**
 * The experiment: networks are trained, their activations quantized by every calibrator at every
 * width, and measured.
 *
 * @param length how much of it is run
 * @param data what is trained, calibrated and measured on
 * @param network what is quantized
 * @param epochs passes of the training
 * @param calibrators which, and at which widths
 * @param images how many training images calibrators look at, ascending; the last is what most
 *     figures show
 * @param seeds one repetition each, 1 or more
 * @param home the folder under which results are kept
 */
public record Calibration(
    Length length,
    Dataset data,
    Architecture network,
    int epochs,
    Calibrators calibrators,
    List<Integer> images,
    List<Long> seeds,
    Path home) {

  /**
   * Checks that all fits together.
   *
   * @param length how much of it is run
   * @param data what is trained, calibrated and measured on
   * @param network what is quantized
   * @param epochs passes of the training, 1 or more
   * @param calibrators which, and at which widths
   * @param images how many training images calibrators look at, ascending
   * @param seeds one repetition each, 1 or more
   * @param home the folder under which results are kept
   */
  public Calibration {
    Argument.require("calibrators", calibrators);
    Argument.require("data", data);
    Argument.require("home", home);
    Argument.require("images", images);
    Argument.require("network", network);
    Argument.require("seeds", seeds);
    images = List.copyOf(images);
    seeds = Seeds.require(seeds);
    Plans.requireEpochs(epochs);
    if (!Plans.monotone(images, 0, data.train().size() + 1)) {
      throw new IllegalArgumentException(
          "images must be ascending numbers of the %,d training images, found %s; write images(16, 128, 1024)"
              .formatted(data.train().size(), images));
    }
    Plans.requireImages(network, data);
  }

  /**
   * The experiment in one of its lengths.
   *
   * @param length how much of it to run
   * @return the plan
   */
  public static Calibration of(Length length) {
    Argument.require("length", length);
    Dataset whole = fashionMnist();
    Calibration full =
        new Calibration(
            length,
            whole,
            resnet(),
            20,
            Calibrators.standard(),
            List.of(16, 128, 1024),
            List.of(1L, 2L, 3L, 4L, 5L),
            Folders.home());
    return switch (length) {
      case FULL -> full;
      case STANDARD ->
          full.network(new CifarResnet(20).widths(8, 16, 32).input(1, 28, 28))
              .data(whole.sample(10_000, 500, 2_000, 1))
              .epochs(6)
              .seeds(1, 2, 3);
      case QUICK ->
          full.network(new Convnet(16, 32, 32).input(1, 28, 28))
              .data(whole.sample(10_000, 500, 2_000, 1))
              .epochs(4)
              .seeds(1, 2, 3);
      case SMOKE ->
          full.network(new Convnet(4, 8).input(1, 28, 28))
              .images(16, 64)
              .data(whole.sample(640, 100, 200, 1))
              .epochs(2)
              .calibrators(Calibrators.standard().bits(8, 4, 2))
              .seeds(1);
    };
  }

  private static Dataset fashionMnist() {
    return Datasets.fashionMnist().standardized();
  }

  private static Architecture resnet() {
    return new CifarResnet(20).input(1, 28, 28);
  }

  /**
   * Changes the data. A network that takes images of any size takes theirs.
   *
   * @param other such as {@code mnist().standardized()}
   * @return such a plan
   */
  public Calibration data(Dataset other) {
    Argument.require("data", other);
    Architecture fitting = Plans.fitted(network, other);
    return new Calibration(length, other, fitting, epochs, calibrators, images, seeds, home);
  }

  /**
   * Changes the network.
   *
   * @param other takes the images of the data
   * @return such a plan
   */
  public Calibration network(Architecture other) {
    return new Calibration(length, data, other, epochs, calibrators, images, seeds, home);
  }

  /**
   * Changes the length of the training.
   *
   * @param passes over the training images, 1 or more
   * @return such a plan
   */
  public Calibration epochs(int passes) {
    return new Calibration(length, data, network, passes, calibrators, images, seeds, home);
  }

  /**
   * Changes calibrators and widths.
   *
   * @param others such as {@code calibrators(minMax(), kl()).bits(8, 4)}
   * @return such a plan
   */
  public Calibration calibrators(Calibrators others) {
    return new Calibration(length, data, network, epochs, others, images, seeds, home);
  }

  /**
   * Changes how many images calibrators look at. Numbers that are done already are kept.
   *
   * @param counts ascending
   * @return such a plan
   */
  public Calibration images(Integer... counts) {
    Argument.require("images", counts);
    return new Calibration(
        length, data, network, epochs, calibrators, Arrays.asList(counts), seeds, home);
  }

  /**
   * Changes the repetitions. Seeds that are done already are kept.
   *
   * @param each one repetition each
   * @return such a plan
   */
  public Calibration seeds(long... each) {
    Argument.require("seeds", each);
    List<Long> repetitions = Arrays.stream(each).boxed().toList();
    return new Calibration(length, data, network, epochs, calibrators, images, repetitions, home);
  }

  /**
   * Changes where results are kept.
   *
   * @param folder a folder; made if it is not there
   * @return such a plan
   */
  public Calibration home(Path folder) {
    return new Calibration(length, data, network, epochs, calibrators, images, seeds, folder);
  }

  /**
   * Runs what is not done yet, on all cores, and reads back the rest.
   *
   * @return the results
   * @throws java.util.concurrent.CancellationException if the thread is interrupted; what was
   *     finished stays
   */
  public CalibrationResults run() {
    return new CalibrationResults(this, new Study<>(new CalibrationWork(this)).run());
  }

  /** The training of a seed: nothing is chosen by what it measures on the way. */
  Training training(long seed) {
    return StepwiseSgd.falling(epochs, 0.1, 64).seed(seed);
  }

  /** What makes a unit's result; images and seeds only say how many of them there are. */
  Identity identity() {
    return new Identity("calibration")
        .and("data", data.toString(), fashionMnist().toString())
        .and("network", network.describe(), resnet().describe())
        .and("epochs", epochs, 20)
        .and("calibrators", calibrators, Calibrators.standard());
  }

  @Override
  public String toString() {
    return "calibration, %s: %s on %s, %d epochs; %d calibrators at %s bits on %s images, seeds %s"
        .formatted(
            length,
            network.describe(),
            data,
            epochs,
            calibrators.observers().size(),
            calibrators.bits(),
            images,
            seeds);
  }
}
