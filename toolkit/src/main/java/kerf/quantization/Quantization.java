package kerf.quantization;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kerf.argument.Argument;
import kerf.data.Samples;
import kerf.model.Network;
import kerf.observer.Observer;
import kerf.scheme.IntegerFormat;
import kerf.scheme.NumberFormat;
import kerf.scheme.Scheme;
import kerf.trace.Graph;

/**
 * A plan of what to quantize after training, and how. Immutable: every refinement gives a new plan.
 *
 * <p>What is said of a layer by name counts before what is said of its kind, and that before what
 * is said of all. By default the ends of a network stay float: a first convolution of fewer than 4
 * input channels and the network's output; for low-bit weights the first and last layer.
 *
 * @param mode what is quantized
 * @param scheme the formats of weights and activations
 * @param kinds other formats for a kind of layer; empty: it stays float
 * @param layers other formats for a layer, by name such as {@code fc1}; empty: it stays float
 * @param observer how ranges of activations are found
 * @param weightObserver how ranges of weights are found
 * @param calibration what activations are observed on; null until named
 * @param integerEnds whether the ends are quantized too
 */
public record Quantization(
    Mode mode,
    Scheme scheme,
    Map<LayerKind, Optional<Scheme>> kinds,
    Map<String, Optional<Scheme>> layers,
    Observer observer,
    Observer weightObserver,
    Samples calibration,
    boolean integerEnds) {
  /**
   * Checks that nothing is missing, and copies what could be changed from outside.
   *
   * @param mode what is quantized
   * @param scheme the formats of weights and activations
   * @param kinds other formats for a kind of layer
   * @param layers other formats for a layer
   * @param observer how ranges of activations are found
   * @param weightObserver how ranges of weights are found
   * @param calibration what activations are observed on; null until named
   * @param integerEnds whether the ends are quantized too
   */
  public Quantization {
    Argument.require("observer", observer);
    Argument.require("scheme", scheme);
    Argument.require("weightObserver", weightObserver);
    Argument.require("mode", mode);
    kinds = Collections.unmodifiableMap(new LinkedHashMap<>(kinds));
    layers = Collections.unmodifiableMap(new LinkedHashMap<>(layers));
  }

  /**
   * The plan everything starts from: static, 8 bits, the least and greatest number seen as range.
   *
   * @return the plan; it still needs {@link #calibrateOn}
   */
  public static Quantization plan() {
    return new Quantization(
        Mode.STATIC,
        Scheme.int8(),
        Map.of(),
        Map.of(),
        Observer.minMax(),
        Observer.minMax(),
        null,
        false);
  }

  /**
   * The usual 8 bits: weights -127 to 127, a scale an output channel; activations 0 to 255.
   *
   * @return a new plan
   */
  public Quantization int8() {
    return scheme(Scheme.int8());
  }

  /**
   * Other formats for all.
   *
   * @param other of weights and activations
   * @return a new plan
   */
  public Quantization scheme(Scheme other) {
    return new Quantization(
        mode, other, kinds, layers, observer, weightObserver, calibration, integerEnds);
  }

  /**
   * Another width for all weights and activations.
   *
   * @param bits 2 to 8 or 16
   * @return a new plan
   */
  public Quantization bits(int bits) {
    return scheme(scheme.bits(bits));
  }

  /**
   * Another format for all weights.
   *
   * @param format such as {@code int8().symmetric().perChannel()}, {@code fp16()}, {@code
   *     palette(4)} or {@code ternary()}; all but the first, and groups, need {@link #weightOnly}
   * @return a new plan
   */
  public Quantization weights(NumberFormat format) {
    return scheme(scheme.weights(format));
  }

  /**
   * Another format for all activations.
   *
   * @param format such as {@code uint8().reduceRange()}; one scale a tensor
   * @return a new plan
   */
  public Quantization activations(IntegerFormat format) {
    return scheme(scheme.activations(format));
  }

  /**
   * One scale for each weight tensor, instead of one for each output channel.
   *
   * @return a new plan
   * @throws IllegalArgumentException if weights are no integers
   */
  public Quantization perTensor() {
    return weights(integers("perTensor").perTensor());
  }

  /**
   * A scale for each output channel of a weight; the default.
   *
   * @return a new plan
   * @throws IllegalArgumentException if weights are no integers
   */
  public Quantization perChannel() {
    return weights(integers("perChannel").perChannel());
  }

  private IntegerFormat integers(String word) {
    if (scheme.weights() instanceof IntegerFormat format) {
      return format;
    }
    throw new IllegalArgumentException(
        "%s() is for integers, which have scales, found weights in %s"
            .formatted(word, scheme.weights()));
  }

  /**
   * Finds ranges of activations otherwise.
   *
   * @param other such as {@code percentile(0.9999)}
   * @return a new plan
   */
  public Quantization observer(Observer other) {
    return new Quantization(
        mode, scheme, kinds, layers, other, weightObserver, calibration, integerEnds);
  }

  /**
   * Finds ranges of weights otherwise.
   *
   * @param other such as {@code leastSquares()}
   * @return a new plan
   */
  public Quantization weightObserver(Observer other) {
    return new Quantization(mode, scheme, kinds, layers, observer, other, calibration, integerEnds);
  }

  /**
   * Observes activations on these samples.
   *
   * @param samples such as {@code mnist().train().sample(512, 7)}; never the test images
   * @return a new plan
   */
  public Quantization calibrateOn(Samples samples) {
    Argument.require("samples", samples);
    return new Quantization(
        mode, scheme, kinds, layers, observer, weightObserver, samples, integerEnds);
  }

  /**
   * Rounds weights alone, and computes in floats; of networks that cannot be traced as well.
   *
   * @return a new plan; it needs no calibration
   */
  public Quantization weightOnly() {
    return mode(Mode.WEIGHT_ONLY);
  }

  /**
   * Rounds the weights of linear layers and LSTMs beforehand, and what they multiply when it comes,
   * to a grid over each batch's own range. Convolutions stay float. PyTorch's {@code
   * quantize_dynamic} is {@code .dynamic().weights(int8().symmetric()).activations(
   * uint8().reduceRange())}.
   *
   * @return a new plan; it needs no calibration
   */
  public Quantization dynamic() {
    return mode(Mode.DYNAMIC);
  }

  /**
   * Another mode.
   *
   * @param other what is quantized
   * @return a new plan
   */
  Quantization mode(Mode other) {
    return new Quantization(
        other, scheme, kinds, layers, observer, weightObserver, calibration, integerEnds);
  }

  /**
   * Leaves layers as they are.
   *
   * @param names their names, such as {@code fc1}
   * @return a new plan
   */
  public Quantization keepFloat(String... names) {
    Argument.require("names", names);
    Map<String, Optional<Scheme>> more = new LinkedHashMap<>(layers);
    for (String name : names) {
      more.put(name, Optional.empty());
    }
    return layers(more);
  }

  /**
   * Leaves a kind of layer as it is.
   *
   * @param kind such as {@code CONVOLUTION}
   * @return a new plan
   */
  public Quantization keepFloat(LayerKind kind) {
    return kind(kind, Optional.empty());
  }

  /**
   * Other formats for one layer: its weights, and what it reads.
   *
   * @param layer its name, such as {@code fc1}
   * @param other of weights and activations
   * @return a new plan
   */
  public Quantization scheme(String layer, Scheme other) {
    Argument.require("layer", layer);
    Argument.require("scheme", other);
    Map<String, Optional<Scheme>> more = new LinkedHashMap<>(layers);
    more.put(layer, Optional.of(other));
    return layers(more);
  }

  /**
   * Other formats for a kind of layer: weights, and what it reads.
   *
   * @param kind such as {@code LINEAR}
   * @param other of weights and activations
   * @return a new plan
   */
  public Quantization scheme(LayerKind kind, Scheme other) {
    Argument.require("scheme", other);
    return kind(kind, Optional.of(other));
  }

  /**
   * Another width for one layer.
   *
   * @param layer its name, such as {@code fc1}
   * @param bits 2 to 8 or 16
   * @return a new plan
   */
  public Quantization bits(String layer, int bits) {
    Argument.require("layer", layer);
    return scheme(layer, scheme.bits(bits));
  }

  /**
   * Another width for a kind of layer.
   *
   * @param kind such as {@code LINEAR}
   * @param bits 2 to 8 or 16
   * @return a new plan
   */
  public Quantization bits(LayerKind kind, int bits) {
    Argument.require("kind", kind);
    return scheme(kind, scheme.bits(bits));
  }

  private Quantization kind(LayerKind kind, Optional<Scheme> other) {
    Map<LayerKind, Optional<Scheme>> more = new LinkedHashMap<>(kinds);
    more.put(Argument.require("kind", kind), other);
    return new Quantization(
        mode, scheme, more, layers, observer, weightObserver, calibration, integerEnds);
  }

  private Quantization layers(Map<String, Optional<Scheme>> other) {
    return new Quantization(
        mode, scheme, kinds, other, observer, weightObserver, calibration, integerEnds);
  }

  /**
   * Quantizes the ends too: a first convolution of few channels, and the network's output.
   *
   * @return a new plan
   */
  public Quantization ends() {
    return new Quantization(
        mode, scheme, kinds, layers, observer, weightObserver, calibration, true);
  }

  /**
   * Tells what the plan comes to for a graph.
   *
   * @param graph a graph with batch normalization folded
   * @return the format of each weight and point
   * @throws IllegalArgumentException if the graph lacks a layer that the plan names, or static
   *     quantization cannot multiply a format
   */
  public Assignment assign(Graph graph) {
    Argument.require("graph", graph);
    Preconditions.check(this, graph);
    return Assignment.of(this, graph);
  }

  /**
   * Folds batch normalization and finds what is quantized; the first half of {@link #quantize}, to
   * look at.
   *
   * @param network any network; left as it is
   * @return the network with places for observers
   * @throws IllegalArgumentException if the network cannot be traced and not weights alone are
   *     quantized, if it is quantized already, or nothing of it would be quantized
   */
  public Prepared prepare(Network network) {
    Argument.require("network", network);
    return Prepared.of(this, network);
  }

  /**
   * Quantizes: folds, observes the calibration data, and chooses scales.
   *
   * @param network any network; left as it is
   * @return the quantized network
   * @throws IllegalArgumentException as {@link #prepare}; or if a static plan names no data
   */
  public Quantized quantize(Network network) {
    Prepared prepared = prepare(network);
    if (prepared.assignment().points().isEmpty()) {
      return prepared.convert();
    }
    if (calibration == null) {
      throw Preconditions.uncalibrated();
    }
    return prepared.calibrate(calibration).convert();
  }

  /**
   * Plans a scan of how accuracy falls when one layer at a time is quantized.
   *
   * @param network any network; left as it is
   * @return the plan, for 8, 6, 4, 3 and 2 bits; add {@code .data(mnist().validation())}, then
   *     {@code .scan()}
   */
  public BitSensitivity sensitivity(Network network) {
    return new BitSensitivity(this, network, List.of(8, 6, 4, 3, 2), null);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("%s quantization: %s".formatted(mode, text(scheme)));
    kinds.forEach((kind, other) -> text.append("; %s: %s".formatted(kind, text(other))));
    layers.forEach((layer, other) -> text.append("; %s: %s".formatted(layer, text(other))));
    if (mode == Mode.STATIC) {
      text.append("; observer ").append(observer);
      text.append(calibration == null ? "" : " on " + calibration);
      text.append(integerEnds ? "; ends too" : "");
    }
    return text.toString();
  }

  private String text(Optional<Scheme> other) {
    return other.map(this::text).orElse("float");
  }

  private String text(Scheme other) {
    return mode == Mode.WEIGHT_ONLY ? "weights " + other.weights() : other.toString();
  }
}
