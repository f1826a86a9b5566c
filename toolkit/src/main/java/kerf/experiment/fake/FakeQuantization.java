package kerf.experiment.fake;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import kerf.argument.Argument;
import kerf.data.Dataset;
import kerf.data.Datasets;
import kerf.experiment.Folders;
import kerf.experiment.Identity;
import kerf.experiment.Length;
import kerf.experiment.Plans;
import kerf.experiment.Seeds;
import kerf.experiment.Study;
import kerf.model.Convnet;

/**
 * The experiment: a trained network is quantized to fewer and fewer bits, after training and by
 * training with fake quantization, in several settings; beside it the float network is trained on
 * as long. Then networks of several widths run in integers, on the clock. After Jacob et al.,
 * "Quantization and Training of Neural Networks for Efficient Integer-Arithmetic-Only Inference",
 * 2018.
 *
 * @param length how much of it is run
 * @param data what is trained and measured on
 * @param network what is quantized; its activation is the setting's
 * @param protocol how long networks are trained, and how fast
 * @param bits of weights and activations, descending, 2 to 8
 * @param scales widths of the networks that are timed, in widths of the network, ascending
 * @param seeds one repetition each, 1 or more
 * @param home the folder under which results are kept
 */
public record FakeQuantization(
    Length length,
    Dataset data,
    Convnet network,
    Protocol protocol,
    List<Integer> bits,
    List<Double> scales,
    List<Long> seeds,
    Path home) {
  private static final int MOST_BITS = 8;

  /**
   * Checks that all fits together.
   *
   * @param length how much of it is run
   * @param data what is trained and measured on
   * @param network what is quantized
   * @param protocol how long networks are trained, and how fast
   * @param bits of weights and activations, descending, 2 to 8
   * @param scales widths of the networks that are timed, in widths of the network, ascending
   * @param seeds one repetition each, 1 or more
   * @param home the folder under which results are kept
   */
  public FakeQuantization {
    Argument.require("bits", bits);
    Argument.require("data", data);
    Argument.require("home", home);
    Argument.require("network", network);
    Argument.require("protocol", protocol);
    Argument.require("scales", scales);
    Argument.require("seeds", seeds);
    bits = List.copyOf(bits);
    if (!Plans.monotone(bits, MOST_BITS + 1, 1)) {
      throw new IllegalArgumentException(
          "bits must be descending numbers from 8 to 2, found %s; write bits(8, 4, 3)"
              .formatted(bits));
    }
    scales = List.copyOf(scales);
    if (!Plans.monotone(scales, 0, Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "scales must be ascending multiples of the network's widths, found %s; write scales(0.5, 1, 2)"
              .formatted(scales));
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
  public static FakeQuantization of(Length length) {
    Argument.require("length", length);
    Dataset whole = fashionMnist();
    FakeQuantization full =
        new FakeQuantization(
            length,
            whole,
            new Convnet(16, 32, 64).input(1, 28, 28),
            Protocol.PUBLISHED,
            List.of(8, 7, 6, 5, 4, 3, 2),
            List.of(1.0, 2.0, 4.0),
            List.of(1L, 2L, 3L, 4L, 5L),
            Folders.home());
    return switch (length) {
      case FULL -> full;
      case STANDARD ->
          full.data(whole.sample(10_000, 500, 5_000, 1))
              .protocol(new Protocol(8, 0.05, 3, 0.05, 64, 512))
              .scales(1, 2, 4)
              .seeds(1, 2, 3);
      case QUICK ->
          full.network(new Convnet(8, 16, 32).input(1, 28, 28))
              .data(whole.sample(5_000, 500, 2_500, 1))
              .protocol(new Protocol(8, 0.05, 2, 0.05, 64, 512))
              .bits(8, 6, 4, 3, 2)
              .scales(1, 2, 4)
              .seeds(1, 2, 3);
      case SMOKE ->
          full.network(new Convnet(4, 8).input(1, 28, 28))
              .data(whole.sample(640, 100, 200, 1))
              .protocol(new Protocol(2, 0.05, 1, 0.05, 64, 64))
              .bits(8, 3)
              .scales(1, 2)
              .seeds(1);
    };
  }

  private static Dataset fashionMnist() {
    return Datasets.fashionMnist().standardized();
  }

  /**
   * Changes the data. The network takes the shape of its images.
   *
   * @param other such as {@code cifar10("/data/cifar-10-batches-bin").standardized()}
   * @return such a plan
   */
  public FakeQuantization data(Dataset other) {
    Argument.require("data", other);
    Convnet fitting = network.input(other.inputShape());
    return new FakeQuantization(length, other, fitting, protocol, bits, scales, seeds, home);
  }

  /**
   * Changes the network.
   *
   * @param other such as {@code convnet(16, 32).input(1, 28, 28)}
   * @return such a plan
   */
  public FakeQuantization network(Convnet other) {
    return new FakeQuantization(length, data, other, protocol, bits, scales, seeds, home);
  }

  /**
   * Changes how networks are trained.
   *
   * @param other passes and rates
   * @return such a plan
   */
  public FakeQuantization protocol(Protocol other) {
    return new FakeQuantization(length, data, network, other, bits, scales, seeds, home);
  }

  /**
   * Changes the bit widths. Those that are done already are kept.
   *
   * @param widths bits of weights and activations, descending, 2 to 8
   * @return such a plan
   */
  public FakeQuantization bits(int... widths) {
    Argument.require("bits", widths);
    List<Integer> levels = IntStream.of(widths).boxed().toList();
    return new FakeQuantization(length, data, network, protocol, levels, scales, seeds, home);
  }

  /**
   * Changes how wide the networks are that are timed. Those that are done already are kept.
   *
   * @param multiples of the network's widths, ascending
   * @return such a plan
   */
  public FakeQuantization scales(double... multiples) {
    Argument.require("scales", multiples);
    List<Double> wide = Arrays.stream(multiples).boxed().toList();
    return new FakeQuantization(length, data, network, protocol, bits, wide, seeds, home);
  }

  /**
   * Changes the repetitions. Seeds that are done already are kept.
   *
   * @param each one repetition each
   * @return such a plan
   */
  public FakeQuantization seeds(long... each) {
    Argument.require("seeds", each);
    List<Long> repetitions = Arrays.stream(each).boxed().toList();
    return new FakeQuantization(length, data, network, protocol, bits, scales, repetitions, home);
  }

  /**
   * Changes where results are kept.
   *
   * @param folder a folder; made if it is not there
   * @return such a plan
   */
  public FakeQuantization home(Path folder) {
    return new FakeQuantization(length, data, network, protocol, bits, scales, seeds, folder);
  }

  /**
   * Runs what is not done yet, on all cores, and reads back the rest.
   *
   * @return the results
   * @throws java.util.concurrent.CancellationException if the thread is interrupted; what was
   *     finished stays
   */
  public FakeQuantizationResults run() {
    return new FakeQuantizationResults(this, new Study<>(new Trainings(this)).run());
  }

  /** The network of a unit. */
  Convnet architecture(Unit unit) {
    List<Integer> widths =
        network.widths().stream()
            .map(width -> (int) Math.max(1, Math.rint(width * unit.scale())))
            .toList();
    return new Convnet(
        widths, unit.setting().activation(), network.input(), network.initialization());
  }

  /** What makes a unit's result; bits, scales and seeds only say how many of them there are. */
  Identity identity() {
    return new Identity("fake-quantization")
        .and("data", data.toString(), fashionMnist().toString())
        .and("network", network.describe(), new Convnet(16, 32, 64).input(1, 28, 28).describe())
        .and("protocol", protocol, Protocol.PUBLISHED);
  }

  @Override
  public String toString() {
    return "fake quantization, %s: %s on %s, bits %s, %s, timed at widths %s, seeds %s"
        .formatted(length, network.describe(), data, bits, protocol, scales, seeds);
  }
}
