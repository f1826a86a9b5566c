package kerf.scheme;

import kerf.argument.Argument;

/**
 * The formats of a network: one for weights, one for activations.
 *
 * @param weights of weights
 * @param activations of what layers pass on
 */
public record Scheme(NumberFormat weights, IntegerFormat activations) {
  /**
   * The usual 8 bits: weights signed, symmetric, -127 to 127, a scale an output channel;
   * activations unsigned, affine, a scale a tensor.
   *
   * @return the scheme
   */
  public static Scheme int8() {
    return new Scheme(IntegerFormat.signed(8).restricted().perChannel(), IntegerFormat.unsigned(8));
  }

  /**
   * This scheme with another format of weights.
   *
   * @param format such as {@code int4().symmetric().perGroup(32)} or {@code fp16()}
   * @return such a scheme
   */
  public Scheme weights(NumberFormat format) {
    return new Scheme(format, activations);
  }

  /**
   * This scheme with another format of activations.
   *
   * @param format such as {@code uint8().reduceRange()}
   * @return such a scheme
   * @throws IllegalArgumentException if it is not one scale a tensor
   */
  public Scheme activations(IntegerFormat format) {
    return new Scheme(weights, format);
  }

  /**
   * Checks the formats.
   *
   * @param weights of weights
   * @param activations of what layers pass on
   */
  public Scheme {
    Argument.require("activations", activations);
    Argument.require("weights", weights);
    if (!(activations.spread() instanceof Spread.PerTensor)) {
      throw new IllegalArgumentException(
          "activations share one scale a tensor, found %s; call perTensor()"
              .formatted(activations));
    }
  }

  /**
   * This scheme with so many bits for both, their mapping and spread kept; short floats stay.
   *
   * @param bits 2 to 8 or 16
   * @return such a scheme
   */
  public Scheme bits(int bits) {
    if (weights instanceof LowBitFormat) {
      throw new IllegalArgumentException(
          "bits(%d) is for integers and palettes, found weights in %s; leave it out"
              .formatted(bits, weights));
    }
    IntegerFormat narrow = IntegerFormat.unsigned(bits);
    IntegerFormat signed = IntegerFormat.signed(bits).restricted();
    return new Scheme(
        weights instanceof IntegerFormat format
            ? new IntegerFormat(
                bits,
                format.min() == -format.max() ? signed.min() : IntegerFormat.signed(bits).min(),
                signed.max(),
                format.mapping(),
                0,
                format.spread())
            : weights instanceof PaletteFormat palette
                ? new PaletteFormat(bits, palette.start())
                : weights,
        activations.min() < 0
            ? new IntegerFormat(
                bits,
                IntegerFormat.signed(bits).min(),
                signed.max(),
                activations.mapping(),
                0,
                activations.spread())
            : new IntegerFormat(
                bits, 0, narrow.max(), activations.mapping(), narrow.zero(), activations.spread()));
  }

  @Override
  public String toString() {
    return "weights %s, activations %s".formatted(weights, activations);
  }
}
