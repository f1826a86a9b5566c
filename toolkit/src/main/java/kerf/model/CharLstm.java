package kerf.model;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.recurrent.LSTM;

/**
 * A character-level language model: characters as one-hot vectors, an LSTM, and a linear layer that
 * scores the next character at every step. Inputs are characters by number, as {@code
 * Datasets.tinyShakespeare} gives them; outputs have the shape {@code (batch, time, characters)}.
 *
 * <p>A. Karpathy, "The Unreasonable Effectiveness of Recurrent Neural Networks", 2015.
 *
 * @param characters how many different characters there are; 65 in tiny Shakespeare
 * @param length characters a window
 * @param state units of each LSTM layer
 * @param layers LSTM layers above each other
 * @param initialization how weights start
 */
public record CharLstm(
    int characters, int length, int state, int layers, Initialization initialization)
    implements Architecture {
  /**
   * Checks the sizes.
   *
   * @param characters how many different characters there are
   * @param length characters a window
   * @param state units of each LSTM layer
   * @param layers LSTM layers above each other
   * @param initialization how weights start
   */
  public CharLstm {
    if (characters < 2 || length < 1 || state < 1 || layers < 1) {
      throw new IllegalArgumentException(
          "charLstm needs 2 or more characters and at least 1 of the rest, found %d characters, windows of %d, %d units, %d layers"
              .formatted(characters, length, state, layers));
    }
  }

  /**
   * One layer for the 65 characters of tiny Shakespeare, in windows of 64.
   *
   * @param state units of the LSTM, such as 128
   */
  public CharLstm(int state) {
    this(65, 64, state, 1, new Initialization.GlorotNormal());
  }

  /**
   * Changes the windows.
   *
   * @param other characters a window
   * @return such an architecture
   */
  public CharLstm length(int other) {
    return new CharLstm(characters, other, state, layers, initialization);
  }

  /**
   * Changes the alphabet.
   *
   * @param other how many different characters there are
   * @return such an architecture
   */
  public CharLstm characters(int other) {
    return new CharLstm(other, length, state, layers, initialization);
  }

  /**
   * Puts LSTM layers above each other.
   *
   * @param other how many
   * @return such an architecture
   */
  public CharLstm layers(int other) {
    return new CharLstm(characters, length, state, other, initialization);
  }

  @Override
  public String describe() {
    return "charLstm(%d characters, %d×%d, windows of %d, %s)"
        .formatted(characters, layers, state, length, initialization);
  }

  @Override
  public Structure structure() {
    return Structures.of(this, new ImageShape(1, 1, length), this::block);
  }

  private SequentialBlock block() {
    return new SequentialBlock()
        .add(new LambdaBlock(this::oneHot, "onehot"))
        .add(LSTM.builder().setStateSize(state).setNumLayers(layers).build())
        .add(Layers.linear(characters));
  }

  private NDList oneHot(NDList inputs) {
    var x = inputs.singletonOrThrow();
    return new NDList(x.reshape(x.size(0), -1).toType(DataType.INT64, false).oneHot(characters));
  }
}
