package kerf.qat;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import kerf.data.Dataset;
import kerf.model.Network;
import kerf.model.Trainer;
import kerf.observer.MinMax;
import kerf.observer.MovingAverage;
import kerf.observer.Observer;
import kerf.quantization.QuantizedGraph;
import kerf.scheme.IntegerFormat;
import kerf.scheme.Scheme;
import kerf.training.Training;

/**
 * A plan of quantization-aware training: a network is trained while it computes with rounded
 * weights and activations, so that it learns to do without what rounding takes. B. Jacob et al.,
 * "Quantization and Training of Neural Networks for Efficient Integer-Arithmetic-Only Inference",
 * CVPR 2018, section 3.
 *
 * <p>What is rounded is what {@code kerf.quantization} rounds: the weights of convolutions and
 * linear layers, what they read, what they give out behind a ReLU. The first convolution of fewer
 * than 4 channels and the last layer stay float unless {@link #withEnds} is called.
 *
 * @param scheme the formats of weights and activations
 * @param keptFloat layers that are not quantized
 * @param ends whether first convolution and last layer are quantized too
 * @param folded whether weights are rounded as batch normalization scales them
 * @param observer how ranges of activations are found: a moving average
 * @param weightObserver how ranges of weights are found: min-max, each step anew, or a moving
 *     average
 * @param training how to train
 */
public record Qat(
    Scheme scheme,
    Set<String> keptFloat,
    boolean ends,
    boolean folded,
    Observer observer,
    Observer weightObserver,
    Training training)
    implements Trainer<QatTrained> {

  /**
   * Checks what can be trained.
   *
   * @param scheme the formats of weights and activations
   * @param keptFloat layers that are not quantized
   * @param ends whether first convolution and last layer are quantized too
   * @param folded whether weights are rounded as batch normalization scales them
   * @param observer how ranges of activations are found: a moving average
   * @param weightObserver how ranges of weights are found: min-max, each step anew, or a moving
   *     average
   * @param training how to train
   */
  public Qat {
    keptFloat = Set.copyOf(keptFloat);
    Objects.requireNonNull(training, "quantization-aware training needs a training, found null");
    if (!(scheme.weights() instanceof IntegerFormat)) {
      throw new IllegalArgumentException(
          "quantization-aware training needs integer weights, found %s; use int8() or bits(4)"
              .formatted(scheme.weights()));
    }
    if (!(observer instanceof MovingAverage)) {
      throw new IllegalArgumentException(
          "while a network trains, ranges of activations are averaged, found %s; use movingAverage(0.01)"
              .formatted(observer));
    }
    if (!(weightObserver instanceof MovingAverage || weightObserver instanceof MinMax)) {
      throw new IllegalArgumentException(
          "while a network trains, ranges of weights are found by minMax() or movingAverage(0.01), found %s"
              .formatted(weightObserver));
    }
  }

  /**
   * The plan without refinements: 8 bits, weights symmetric with a scale an output channel, ranges
   * of weights each step anew, those of activations averaged by 0.01, batch normalization folded,
   * and a default training.
   *
   * @return the plan
   */
  public static Qat plan() {
    return new Qat(
        Scheme.int8(),
        Set.of(),
        false,
        true,
        Observer.movingAverage(0.01),
        Observer.minMax(),
        Training.defaults());
  }

  /**
   * Changes the formats.
   *
   * @param other such as {@code int8Scheme().bits(4)}
   * @return such a plan
   */
  public Qat scheme(Scheme other) {
    return new Qat(other, keptFloat, ends, folded, observer, weightObserver, training);
  }

  /**
   * The usual 8 bits: {@link Scheme#int8}.
   *
   * @return such a plan
   */
  public Qat int8() {
    return scheme(Scheme.int8());
  }

  /**
   * Changes the width of weights and activations.
   *
   * @param bits 2 to 8 or 16
   * @return such a plan
   */
  public Qat bits(int bits) {
    return scheme(scheme.bits(bits));
  }

  /**
   * One scale for all weights of a layer.
   *
   * @return such a plan
   */
  public Qat perTensor() {
    return scheme(scheme.weights(weightFormat().perTensor()));
  }

  /**
   * A scale for each output channel.
   *
   * @return such a plan
   */
  public Qat perChannel() {
    return scheme(scheme.weights(weightFormat().perChannel()));
  }

  /**
   * Leaves layers as they are, besides those left already.
   *
   * @param layers names such as {@code fc1}
   * @return such a plan
   */
  public Qat keepFloat(String... layers) {
    Set<String> all = new LinkedHashSet<>(keptFloat);
    all.addAll(List.of(layers));
    return new Qat(scheme, all, ends, folded, observer, weightObserver, training);
  }

  /**
   * Quantizes a first convolution of few channels and the last layer, with its logits, as well.
   *
   * @return such a plan
   */
  public Qat withEnds() {
    return new Qat(scheme, keptFloat, true, folded, observer, weightObserver, training);
  }

  /**
   * Rounds weights as they are, without the scales that batch normalization will fold into them.
   *
   * @return such a plan
   */
  public Qat unfolded() {
    return new Qat(scheme, keptFloat, ends, false, observer, weightObserver, training);
  }

  /**
   * Changes how ranges of activations are found.
   *
   * @param average such as {@code movingAverage(0.05)}
   * @return such a plan
   */
  public Qat observer(Observer average) {
    return new Qat(scheme, keptFloat, ends, folded, average, weightObserver, training);
  }

  /**
   * Changes how ranges of weights are found.
   *
   * @param other {@code minMax()}, each step anew, or {@code movingAverage(0.01)} as PyTorch does
   * @return such a plan
   */
  public Qat weightObserver(Observer other) {
    return new Qat(scheme, keptFloat, ends, folded, observer, other, training);
  }

  /**
   * Changes the training.
   *
   * @param other such as {@code training().optimizer(sgd(0.01)).until(epochs(2))}
   * @return such a plan
   */
  public Qat training(Training other) {
    return new Qat(scheme, keptFloat, ends, folded, observer, weightObserver, other);
  }

  /**
   * Makes a network computes with rounded numbers and can be trained by any {@link Training}.
   *
   * @param network a float network; it stays as it is, and its mask is kept
   * @return a network of the same layers, under the same names
   * @throws IllegalArgumentException if the network cannot be traced, is prepared already, or has
   *     nothing to quantize
   */
  public Network prepare(Network network) {
    return new Preparation(this, network).prepared();
  }

  /**
   * Takes the grids out of a network that was prepared and trained.
   *
   * @param trained such a network
   * @return ordinary layers, batch normalization folded, and a grid for each rounded tensor
   * @throws IllegalStateException if it was not trained, so that ranges are missing
   */
  public static QuantizedGraph convert(Network trained) {
    return new Conversion(trained).converted();
  }

  /**
   * Prepares a network and trains it.
   *
   * @param start a float network, trained as a rule; it stays as it is, and its mask is kept
   * @param data what to train on
   * @return the trained network and its quantized form
   */
  @Override
  public QatTrained train(Network start, Dataset data) {
    return new QatTrained(training.train(prepare(start), data));
  }

  @Override
  public long seed() {
    return training.seed();
  }

  IntegerFormat weightFormat() {
    return (IntegerFormat) scheme.weights();
  }

  WeightRange weightRange(String state) {
    return weightObserver instanceof MovingAverage average
        ? new WeightRange.Moving(state, average.constant())
        : new WeightRange.Current();
  }

  double averaging() {
    return ((MovingAverage) observer).constant();
  }
}
