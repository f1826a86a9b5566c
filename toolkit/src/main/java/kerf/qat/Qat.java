package kerf.qat;

import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import kerf.argument.Argument;
import kerf.data.Dataset;
import kerf.model.Network;
import kerf.model.Trainer;
import kerf.observer.MinMax;
import kerf.observer.MovingAverage;
import kerf.observer.Observer;
import kerf.quantization.LayerKind;
import kerf.quantization.Mode;
import kerf.quantization.Quantization;
import kerf.quantization.QuantizedGraph;
import kerf.scheme.LowBitFormat;
import kerf.scheme.NumberFormat;
import kerf.scheme.PaletteFormat;
import kerf.scheme.Scheme;
import kerf.training.Training;

/**
 * A plan of quantization-aware training: a network is trained while it computes with rounded
 * weights and activations, so that it learns to do without what rounding takes. B. Jacob et al.,
 * "Quantization and Training of Neural Networks for Efficient Integer-Arithmetic-Only Inference",
 * CVPR 2018, section 3.
 *
 * <p>What is rounded, and to which formats, a plan of quantization says, the same that quantizes
 * without training. Ranges are found while the network trains: those of weights each step anew, or
 * by a moving average as PyTorch has it; those of activations by a moving average, of 0.01 where
 * the plan names none. Calibration data is not needed, and not looked at.
 *
 * @param quantization what is rounded, and to which formats
 * @param folded whether weights are rounded as batch normalization scales them
 * @param learns whether scales are trained
 * @param signs whether layers of binary or ternary weights read signs alone
 * @param training how to train
 */
public record Qat(
    Quantization quantization, boolean folded, boolean learns, boolean signs, Training training)
    implements Trainer<QatTrained> {
  private static final double AVERAGE = 0.01;

  /**
   * Checks what can be trained.
   *
   * @param quantization what is rounded, and to which formats
   * @param folded whether weights are rounded as batch normalization scales them
   * @param learns whether scales are trained
   * @param signs whether layers of binary or ternary weights read signs alone
   * @param training how to train
   */
  public Qat {
    Argument.require("training", training);
    Argument.require("quantization", quantization);
    if (quantization.mode() == Mode.DYNAMIC) {
      throw new IllegalArgumentException(
          "quantization-aware training rounds weights and activations by fixed grids, found a %s plan; leave that word out"
              .formatted(quantization.mode()));
    }
    if (quantization.mode() == Mode.WEIGHT_ONLY) {
      requireShared(quantization, folded, learns);
    }
    if (signs && !(quantization.scheme().weights() instanceof LowBitFormat)) {
      throw new IllegalArgumentException(
          "binaryInputs() is for layers of binary or ternary weights, found %s; say .weights(binary()) first"
              .formatted(quantization.scheme().weights()));
    }
    Observer activations = quantization.observer();
    if (!(activations instanceof MovingAverage || activations instanceof MinMax)) {
      throw new IllegalArgumentException(
          "while a network trains, ranges of activations are averaged, found %s; use .observer(movingAverage(0.01))"
              .formatted(activations));
    }
    Observer weights = quantization.weightObserver();
    if (!(weights instanceof MovingAverage || weights instanceof MinMax)) {
      throw new IllegalArgumentException(
          "while a network trains, ranges of weights are found by minMax(), each step anew, or movingAverage(0.01), found %s"
              .formatted(weights));
    }
    if (learns && !folded) {
      throw new IllegalArgumentException(
          "learned() trains the scales of weights as batch normalization scales them, found unfolded() besides; leave one out");
    }
  }

  private static void requireShared(Quantization plan, boolean folded, boolean learns) {
    Stream<Scheme> schemes =
        Stream.of(
                Stream.of(Optional.of(plan.scheme())),
                plan.kinds().values().stream(),
                plan.layers().values().stream())
            .flatMap(each -> each)
            .flatMap(Optional::stream);
    schemes
        .map(Scheme::weights)
        .filter(format -> !(format instanceof PaletteFormat || format instanceof LowBitFormat))
        .findFirst()
        .ifPresent(
            format -> {
              throw new IllegalArgumentException(
                  "quantization-aware training of weights alone trains values that they share, found %s; use .weights(palette(5)), .weights(binary()) or .weights(ternary()), or leave weightOnly() out"
                      .formatted(format));
            });
    if (!folded || learns) {
      throw new IllegalArgumentException(
          "weights of few values have no other scales, found %s besides; leave it out"
              .formatted(learns ? "learned()" : "unfolded()"));
    }
  }

  /**
   * The plan without refinements: 8 bits, weights symmetric with a scale an output channel, batch
   * normalization folded, a default training.
   *
   * @return the plan
   */
  public static Qat plan() {
    return of(Quantization.plan());
  }

  /**
   * Trains values that the weights of each layer share: k-means, then centroids fine-tuned by the
   * summed gradients of their weights. S. Han et al., "Deep Compression", ICLR 2016, section 3.
   * Activations stay float.
   *
   * @param format how many values, and where k-means starts
   * @return a plan with a default training
   */
  public static Qat sharing(PaletteFormat format) {
    Argument.require("format", format);
    return of(Quantization.plan().weightOnly().weights(format));
  }

  /**
   * Trains for a plan of quantization.
   *
   * @param quantization what is rounded, and to which formats
   * @return a plan with a default training
   */
  public static Qat of(Quantization quantization) {
    Argument.require("quantization", quantization);
    return new Qat(quantization, true, false, false, Training.defaults());
  }

  /**
   * The usual 8 bits: {@link Scheme#int8}.
   *
   * @return such a plan
   */
  public Qat int8() {
    return quantized(Quantization::int8);
  }

  /**
   * Other formats.
   *
   * @param other of weights and activations
   * @return such a plan
   */
  public Qat scheme(Scheme other) {
    return quantized(plan -> plan.scheme(other));
  }

  /**
   * Another format for all weights. Where it is a palette or a format of low bits, activations stay
   * float; of binary and ternary networks so do, unless {@link #ends} is said, the first and the
   * last layer.
   *
   * @param format such as {@code ternary()}, {@code binary()}, {@code palette(5)} or {@code
   *     int8().restricted().perChannel()}
   * @return such a plan
   */
  public Qat weights(NumberFormat format) {
    Argument.require("format", format);
    return quantized(
        plan ->
            format instanceof LowBitFormat || format instanceof PaletteFormat
                ? plan.weightOnly().weights(format)
                : plan.weights(format));
  }

  /**
   * Another width for weights and activations.
   *
   * @param bits 2 to 8 or 16
   * @return such a plan
   */
  public Qat bits(int bits) {
    return quantized(plan -> plan.bits(bits));
  }

  /**
   * Another width for one layer.
   *
   * @param layer its name, such as {@code fc1}
   * @param bits 2 to 8 or 16
   * @return such a plan
   */
  public Qat bits(String layer, int bits) {
    Argument.require("layer", layer);
    return quantized(plan -> plan.bits(layer, bits));
  }

  /**
   * One scale for all weights of a layer.
   *
   * @return such a plan
   */
  public Qat perTensor() {
    return quantized(Quantization::perTensor);
  }

  /**
   * A scale for each output channel.
   *
   * @return such a plan
   */
  public Qat perChannel() {
    return quantized(Quantization::perChannel);
  }

  /**
   * Leaves layers as they are, besides those left already.
   *
   * @param layers names such as {@code fc1}
   * @return such a plan
   */
  public Qat keepFloat(String... layers) {
    Argument.require("layers", layers);
    return quantized(plan -> plan.keepFloat(layers));
  }

  /**
   * Leaves a kind of layer as it is.
   *
   * @param kind such as {@code CONVOLUTION}
   * @return such a plan
   */
  public Qat keepFloat(LayerKind kind) {
    Argument.require("kind", kind);
    return quantized(plan -> plan.keepFloat(kind));
  }

  /**
   * Quantizes a first convolution of few channels and the network's output as well.
   *
   * @return such a plan
   */
  public Qat ends() {
    return quantized(Quantization::ends);
  }

  /**
   * Finds ranges of activations otherwise.
   *
   * @param average such as {@code movingAverage(0.05)}
   * @return such a plan
   */
  public Qat observer(Observer average) {
    return quantized(plan -> plan.observer(average));
  }

  /**
   * Finds ranges of weights otherwise.
   *
   * @param other {@code minMax()}, each step anew, or {@code movingAverage(0.01)} as PyTorch does
   * @return such a plan
   */
  public Qat weightObserver(Observer other) {
    return quantized(plan -> plan.weightObserver(other));
  }

  /**
   * Lets layers of binary or ternary weights read the signs of their inputs alone, so that they
   * multiply nothing: XNOR-Net and binarized neural networks. The network is rewritten to the block
   * order of XNOR-Net, section 3.2, batch normalization, sign, layer, pooling: ReLU in front of
   * such a layer goes, batch normalization moves behind pooling or, where there is none, is added.
   * Inputs have no scales, as in the authors' code.
   *
   * @return such a plan
   */
  public Qat binaryInputs() {
    return new Qat(quantization, folded, learns, true, training);
  }

  private Qat quantized(UnaryOperator<Quantization> refinement) {
    return new Qat(refinement.apply(quantization), folded, learns, signs, training);
  }

  /**
   * Rounds weights as they are, without the scales that batch normalization will fold into them.
   * What is converted is folded all the same.
   *
   * @return such a plan
   */
  public Qat unfolded() {
    return new Qat(quantization, false, learns, signs, training);
  }

  /**
   * Trains the scales too: S. Esser et al., "Learned Step Size Quantization", ICLR 2020. Those of
   * weights start at {@code 2 mean|w| / sqrt(greatest integer)}, those of activations so by the
   * first batch. Weights must be symmetric. A scale is much smaller than a weight, so train with
   * {@code sgd}: Adam moves both by as much.
   *
   * @return such a plan
   */
  public Qat learned() {
    return new Qat(quantization, folded, true, signs, training);
  }

  /**
   * Another training.
   *
   * @param other such as {@code training().optimizer(sgd(0.01)).until(epochs(2))}
   * @return such a plan
   */
  public Qat training(Training other) {
    return new Qat(quantization, folded, learns, signs, other);
  }

  /**
   * Makes a network that computes with rounded numbers and can be trained by any {@link Training}.
   *
   * @param network a float network; it stays as it is, and its mask is kept
   * @return a network of the same layers, under the same names
   * @throws IllegalArgumentException if the network cannot be traced, is prepared already, or has
   *     nothing to quantize
   */
  public Network prepare(Network network) {
    Argument.require("network", network);
    return new Preparation(this, signed(network)).prepared();
  }

  /**
   * Takes the grids out of a network that was prepared and trained, as PyTorch's {@code convert}:
   * scales and zero points by the formula of observers ({@link kerf.scheme.IntegerFormat#params}),
   * which can differ from those that ran while it trained ({@link kerf.scheme.FusedRange}); running
   * ranges of weights, unless frozen, see the trained weights once more.
   *
   * @param trained such a network
   * @return ordinary layers, batch normalization folded, and a grid for each rounded tensor
   * @throws IllegalStateException if it was not trained, so that ranges are missing
   */
  public static QuantizedGraph convert(Network trained) {
    Argument.require("trained", trained);
    return new Conversion(trained).converted();
  }

  /**
   * Prepares a network and trains it.
   *
   * @param start a float network, trained as a rule; it stays as it is, and its mask is kept
   * @param data what to train on
   * @return the trained network and its quantized form
   * @throws IllegalArgumentException if there is no data, or as {@link #prepare}
   */
  @Override
  public QatTrained train(Network start, Dataset data) {
    Argument.require("start", start);
    Argument.require("data", data);
    return new QatTrained(signed(start), training.train(prepare(start), data), data.train());
  }

  @Override
  public long seed() {
    return training.seed();
  }

  private Network signed(Network network) {
    return signs ? new BinaryInputs(quantization, network).rewritten() : network;
  }

  WeightRange weightRange(String layer) {
    if (learns) {
      return new WeightRange.Learned(layer + ".weightStep");
    }
    return quantization.weightObserver() instanceof MovingAverage average
        ? new WeightRange.Moving(layer + ".weightRange", average.constant())
        : new WeightRange.Current();
  }

  double averaging() {
    return quantization.observer() instanceof MovingAverage average ? average.constant() : AVERAGE;
  }
}
