package kerf.notebook;

import ai.djl.nn.Block;
import kerf.argument.Argument;
import kerf.model.Activation;
import kerf.model.CharLstm;
import kerf.model.CifarResnet;
import kerf.model.CifarVgg16;
import kerf.model.Convnet;
import kerf.model.DigitNet;
import kerf.model.Lenet300100;
import kerf.model.Lenet5;
import kerf.model.LotteryConv;
import kerf.model.Mlp;
import kerf.model.Network;

/** Words for architectures and networks. */
class ModelWords extends DataWords {
  ModelWords() {}

  /** The hyperbolic tangent. */
  public static final Activation TANH = Activation.TANH;

  /** The logistic function. */
  public static final Activation SIGMOID = Activation.SIGMOID;

  /** The positive part. */
  public static final Activation RELU = Activation.RELU;

  /** The positive part, at most 6. */
  public static final Activation RELU6 = Activation.RELU6;

  /**
   * A multilayer perceptron, with ReLU unless told otherwise.
   *
   * @param widths units a layer, from inputs to outputs, such as {@code 64, 30, 10}
   * @return the architecture
   */
  public static Mlp mlp(int... widths) {
    Argument.require("widths", widths);
    return Mlp.of(widths);
  }

  /**
   * A small convolutional network for the digits of 8x8.
   *
   * @return the architecture
   */
  public static DigitNet digitNet() {
    return new DigitNet();
  }

  /**
   * LeNet-300-100.
   *
   * @return the architecture
   */
  public static Lenet300100 lenet300100() {
    return new Lenet300100();
  }

  /**
   * LeNet-5.
   *
   * @return the architecture
   */
  public static Lenet5 lenet5() {
    return new Lenet5();
  }

  /**
   * Conv-2 of the lottery-ticket paper, for 3×32×32; {@code conv2().input(1, 28, 28)} for others.
   *
   * @return the architecture
   */
  public static LotteryConv conv2() {
    return new LotteryConv(2);
  }

  /**
   * Conv-4 of the lottery-ticket paper, for 3×32×32; {@code conv4().input(1, 28, 28)} for others.
   *
   * @return the architecture
   */
  public static LotteryConv conv4() {
    return new LotteryConv(4);
  }

  /**
   * Conv-6 of the lottery-ticket paper, for 3×32×32; {@code conv6().input(1, 28, 28)} for others.
   *
   * @return the architecture
   */
  public static LotteryConv conv6() {
    return new LotteryConv(6);
  }

  /**
   * VGG-16 with batch normalization as the pruning literature has it for 3×32×32.
   *
   * @return the architecture
   */
  public static CifarVgg16 vgg16cifar() {
    return new CifarVgg16();
  }

  /**
   * VGG-16 of other widths.
   *
   * @param widths filters of its 13 convolutions
   * @return the architecture
   */
  public static CifarVgg16 vgg16cifar(Integer... widths) {
    Argument.require("widths", widths);
    return new CifarVgg16().widths(widths);
  }

  /**
   * ResNet-20 for 3×32×32; {@code resnet20().input(1, 28, 28)} for other images, {@code
   * resnet20().widths(8, 16, 32)} for half the filters.
   *
   * @return the architecture
   */
  public static CifarResnet resnet20() {
    return new CifarResnet(20);
  }

  /**
   * A small convolutional net with batch normalization for 3×32×32; {@code convnet(32, 64).input(1,
   * 28, 28)} for others.
   *
   * @param widths filters of each convolution
   * @return the architecture
   */
  public static Convnet convnet(Integer... widths) {
    Argument.require("widths", widths);
    return new Convnet(widths);
  }

  /**
   * An LSTM that foretells characters, for {@code tinyShakespeare()}; train it with {@code
   * .loss(nextCharacter())}.
   *
   * @param state units, such as 128
   * @return the architecture
   */
  public static CharLstm charLstm(int state) {
    return new CharLstm(state);
  }

  /**
   * A DJL block of your own as a network.
   *
   * @param block any block with weights
   * @param inputShape of one input without the batch, such as {@code 1, 28, 28}
   * @return a dense network
   */
  public static Network network(Block block, long... inputShape) {
    Argument.require("block", block);
    Argument.require("inputShape", inputShape);
    return Network.of(block, inputShape);
  }

  /**
   * The rectifier, {@code max(x, 0)}, between the layers of {@code mlp}.
   *
   * @return the activation
   */
  public static Activation relu() {
    return Activation.RELU;
  }

  /**
   * The hyperbolic tangent between the layers of {@code mlp}.
   *
   * @return the activation
   */
  public static Activation tanh() {
    return Activation.TANH;
  }
}
