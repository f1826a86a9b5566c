package kerf.calibration;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import kerf.argument.Argument;
import kerf.data.Samples;
import kerf.model.Network;
import kerf.observer.Aciq;
import kerf.observer.Observer;
import kerf.scheme.IntegerFormat;
import kerf.scheme.Mapping;
import kerf.scheme.Spread;

/**
 * A plan that compares calibrators on the same numbers: those of one tensor, or all activations of
 * a network.
 *
 * @param observers the calibrators
 * @param format what activations are quantized to; one scale a tensor
 * @param bits the widths to try besides, each once, descending
 */
public record Calibrators(List<Observer> observers, IntegerFormat format, List<Integer> bits) {
  private static final List<Observer> ALL =
      List.of(
          Observer.minMax(),
          Observer.movingAverage(0.01),
          Observer.histogram(),
          Observer.percentile(0.9999),
          Observer.percentile(0.999),
          Observer.sigmas(3),
          Observer.leastSquares(),
          Observer.kl(),
          Observer.aciq(),
          Observer.aciq(Aciq.Distribution.GAUSS));

  /**
   * Checks the calibrators, the format and the widths.
   *
   * @param observers the calibrators, at least one, each once
   * @param format what activations are quantized to; one scale a tensor
   * @param bits the widths to try besides, 2 to 8, descending
   */
  public Calibrators {
    Argument.require("bits", bits);
    Argument.require("format", format);
    Argument.require("observers", observers);
    observers = List.copyOf(observers);
    bits = List.copyOf(bits);
    if (observers.isEmpty() || new HashSet<>(observers).size() < observers.size()) {
      throw new IllegalArgumentException(
          "calibrators need at least one observer and each only once, found %s"
              .formatted(observers));
    }
    if (!(format.spread() instanceof Spread.PerTensor)) {
      throw new IllegalArgumentException(
          "calibrators choose one range a tensor, found %s; call perTensor()".formatted(format));
    }
    int before = 9;
    for (int width : bits) {
      if (width < 2 || width >= before) {
        throw new IllegalArgumentException(
            "bits must be widths from 8 to 2, descending, found %s; write bits(8, 6, 4, 3, 2)"
                .formatted(bits));
      }
      before = width;
    }
    if (bits.isEmpty()) {
      throw new IllegalArgumentException(
          "bits must be widths from 8 to 2, descending, found none; write bits(8, 6, 4, 3, 2)");
    }
  }

  /**
   * Compares all calibrators that there are, on 8 bits without sign and at every width from 8 to 2.
   *
   * @return the plan
   */
  public static Calibrators standard() {
    return new Calibrators(ALL, IntegerFormat.unsigned(8), List.of(8, 7, 6, 5, 4, 3, 2));
  }

  /**
   * Compares these calibrators alone.
   *
   * @param others such as {@code minMax(), kl()}
   * @return a new plan
   */
  public Calibrators observers(Observer... others) {
    Argument.require("observers", others);
    return new Calibrators(Arrays.asList(others), format, bits);
  }

  /**
   * Quantizes to another format.
   *
   * @param other such as {@code int8().symmetric()}; one scale a tensor
   * @return a new plan
   */
  public Calibrators format(IntegerFormat other) {
    return new Calibrators(observers, other, bits);
  }

  /**
   * Tries these widths.
   *
   * @param widths from 8 to 2, descending
   * @return a new plan
   */
  public Calibrators bits(Integer... widths) {
    Argument.require("bits", widths);
    return new Calibrators(observers, format, Arrays.asList(widths));
  }

  /**
   * Compares on numbers.
   *
   * @param values real numbers, seen as one batch
   * @return what each calibrator makes of them
   * @throws IllegalArgumentException if there are none, or not all are finite
   */
  public TensorCalibration compare(float... values) {
    Argument.require("values", values);
    if (values.length == 0) {
      throw new IllegalArgumentException("calibrators need numbers to look at, found none");
    }
    return TensorCalibration.of(this, "numbers", batches -> batches.see(values, values.length));
  }

  /**
   * Compares on the activations of one node of a network.
   *
   * @param network any network
   * @param node a node of its graph, such as {@code relu1}
   * @param samples calibration images, such as {@code mnist().train().sample(512, 7)}
   * @return what each calibrator makes of them
   * @throws IllegalArgumentException if there is no such node, or no image
   */
  public TensorCalibration compare(Network network, String node, Samples samples) {
    Argument.require("network", network);
    Argument.require("node", node);
    Argument.require("samples", samples);
    return TensorCalibration.of(this, node, NodeBatches.of(network, node, samples));
  }

  /**
   * Quantizes a network by each calibrator at each width, and measures it. Weights have 8 bits and
   * a scale a channel throughout, so that all differences come from the activations; the input and
   * the logits stay float.
   *
   * @param network a classifier
   * @param samples calibration images, such as {@code mnist().train().sample(512, 7)}
   * @param measured what accuracy is measured on; take validation images to choose by it
   * @return accuracies
   * @throws IllegalArgumentException if the network cannot be traced, or there is no image
   */
  public NetworkCalibration accuracies(Network network, Samples samples, Samples measured) {
    Argument.require("network", network);
    Argument.require("samples", samples);
    Argument.require("measured", measured);
    return NetworkCalibration.of(this, network, samples, measured);
  }

  /** This plan's format with another width: signed or not, and mapped, as it is. */
  IntegerFormat format(int width) {
    if (width == format.bits()) {
      return format;
    }
    IntegerFormat other =
        format.min() < 0 ? IntegerFormat.signed(width) : IntegerFormat.unsigned(width);
    if (format.mapping() == Mapping.AFFINE) {
      return other;
    }
    return format.min() == -format.max() ? other.restricted() : other.symmetric();
  }
}
