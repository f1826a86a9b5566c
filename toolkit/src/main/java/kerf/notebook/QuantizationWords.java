package kerf.notebook;

import java.nio.file.Path;
import kerf.argument.Argument;
import kerf.model.Architecture;
import kerf.model.Network;
import kerf.observer.Aciq;
import kerf.observer.Observer;
import kerf.observer.ObserverState;
import kerf.quantization.LayerKind;
import kerf.quantization.Quantization;
import kerf.quantization.Quantized;
import kerf.scheme.BinaryFormat;
import kerf.scheme.DorefaFormat;
import kerf.scheme.FloatFormat;
import kerf.scheme.IntegerFormat;
import kerf.scheme.PaletteFormat;
import kerf.scheme.QuantizedTensor;
import kerf.scheme.Scheme;
import kerf.scheme.TernaryFormat;

/** Words for number formats, observers and quantization after training. */
class QuantizationWords extends StructuredWords {
  QuantizationWords() {}

  /** All convolutions, in a plan. */
  public static final LayerKind CONVOLUTION = LayerKind.CONVOLUTION;

  /** All linear layers, in a plan. */
  public static final LayerKind LINEAR = LayerKind.LINEAR;

  /** All LSTM layers, in a plan; not named LSTM, which is a class of DJL. */
  public static final LayerKind RECURRENT = LayerKind.RECURRENT;

  /**
   * A plan to quantize a trained network: static, 8 bits.
   *
   * @return the plan; add {@code .calibrateOn(mnist().train().sample(512, 7))}, then {@code
   *     .quantize(network)}
   */
  public static Quantization quantization() {
    return Quantization.plan();
  }

  /**
   * Reads a quantized network that {@code quantized.save(file)} wrote.
   *
   * @param architecture that of the float network it came from, such as {@code lenet5()}
   * @param file its name ends in {@code .safetensors} or {@code .npz}
   * @return the quantized network
   */
  public static Quantized quantized(Architecture architecture, Path file) {
    Argument.require("architecture", architecture);
    Argument.require("file", file);
    return Quantized.load(architecture, file);
  }

  /**
   * Signed integers of 8 bits, -128 to 127; affine, one scale a tensor.
   *
   * @return the format
   */
  public static IntegerFormat int8() {
    return IntegerFormat.signed(8);
  }

  /**
   * Unsigned integers of 8 bits, 0 to 255; affine, one scale a tensor.
   *
   * @return the format
   */
  public static IntegerFormat uint8() {
    return IntegerFormat.unsigned(8);
  }

  /**
   * Signed integers of 4 bits, -8 to 7; affine, one scale a tensor.
   *
   * @return the format
   */
  public static IntegerFormat int4() {
    return IntegerFormat.signed(4);
  }

  /**
   * Signed integers.
   *
   * @param bits 2 to 8, 16 or 32
   * @return the format; affine, one scale a tensor
   */
  public static IntegerFormat signed(int bits) {
    return IntegerFormat.signed(bits);
  }

  /**
   * Unsigned integers.
   *
   * @param bits 2 to 8 or 16
   * @return the format; affine, one scale a tensor
   */
  public static IntegerFormat unsigned(int bits) {
    return IntegerFormat.unsigned(bits);
  }

  /**
   * Half precision.
   *
   * @return the format
   */
  public static FloatFormat fp16() {
    return FloatFormat.FP16;
  }

  /**
   * The upper half of a float32.
   *
   * @return the format
   */
  public static FloatFormat bf16() {
    return FloatFormat.BF16;
  }

  /**
   * Weights that share few values, found by k-means.
   *
   * @param bits of an index, 1 to 8
   * @return the format
   */
  public static PaletteFormat palette(int bits) {
    return new PaletteFormat(bits);
  }

  /**
   * Weights of two values, plus and minus the mean magnitude of each output channel: XNOR-Net.
   *
   * @return the format
   */
  public static BinaryFormat binary() {
    return new BinaryFormat(BinaryFormat.Scaling.CHANNEL, false);
  }

  /**
   * Weights of +1 and -1, for networks with batch normalization: BinaryConnect; {@code
   * binaryConnect().stochastic()} draws them while training.
   *
   * @return the format
   */
  public static BinaryFormat binaryConnect() {
    return new BinaryFormat(BinaryFormat.Scaling.NONE, false);
  }

  /**
   * Weights of three values, 0 where a weight is small: ternary weight networks; {@code
   * ternary().learned()} trains the two others.
   *
   * @return the format
   */
  public static TernaryFormat ternary() {
    return TernaryFormat.plain();
  }

  /**
   * Weights of evenly spaced values in [-1, 1]: DoReFa-Net.
   *
   * @param bits 1 to 8
   * @return the format
   */
  public static DorefaFormat dorefa(int bits) {
    return new DorefaFormat(bits);
  }

  /**
   * The usual 8 bits, for a layer that is to have other formats: {@code scheme().bits(4)}.
   *
   * @return formats of weights and activations
   */
  public static Scheme scheme() {
    return Scheme.int8();
  }

  /**
   * Quantizes one weight tensor by its least and greatest number, to look at.
   *
   * @param network a network
   * @param layer the name of a layer with weights, such as {@code conv1}
   * @param format such as {@code int8().symmetric().perChannel()}
   * @return its integers, with a table of the scales
   */
  public static QuantizedTensor quantized(Network network, String layer, IntegerFormat format) {
    Argument.require("network", network);
    Argument.require("layer", layer);
    Argument.require("format", format);
    ObserverState range = Observer.minMax().start(format);
    range.observe(network.weights(layer), network.shape(layer));
    return range.quantizer().quantize(network.weights(layer), network.shape(layer));
  }

  /**
   * The least and greatest number seen.
   *
   * @return the observer
   */
  public static Observer minMax() {
    return Observer.minMax();
  }

  /**
   * Least and greatest number of each batch, averaged.
   *
   * @param constant the weight of a new batch, in (0, 1]; PyTorch's is 0.01
   * @return the observer
   */
  public static Observer movingAverage(double constant) {
    return Observer.movingAverage(constant);
  }

  /**
   * PyTorch's histogram observer: the range of least squared error on 256 levels.
   *
   * @return the observer
   */
  public static Observer histogram() {
    return Observer.histogram();
  }

  /**
   * The range that holds so much of the numbers.
   *
   * @param share in (0, 1], such as 0.9999
   * @return the observer
   */
  public static Observer percentile(double share) {
    return Observer.percentile(share);
  }

  /**
   * Mean and so many standard deviations on both sides.
   *
   * @param count above 0
   * @return the observer
   */
  public static Observer sigmas(double count) {
    return Observer.sigmas(count);
  }

  /**
   * The range of least squared error on the format's own grid.
   *
   * @return the observer
   */
  public static Observer leastSquares() {
    return Observer.leastSquares();
  }

  /**
   * The range whose quantized distribution diverges least: TensorRT's calibration.
   *
   * @return the observer
   */
  public static Observer kl() {
    return Observer.kl();
  }

  /**
   * The range of least expected squared error of a Laplace distribution (ACIQ).
   *
   * @return the observer
   */
  public static Observer aciq() {
    return Observer.aciq();
  }

  /**
   * The range of least expected squared error of a distribution (ACIQ).
   *
   * @param distribution Gauss or Laplace
   * @return the observer
   */
  public static Observer aciq(Aciq.Distribution distribution) {
    Argument.require("distribution", distribution);
    return Observer.aciq(distribution);
  }
}
