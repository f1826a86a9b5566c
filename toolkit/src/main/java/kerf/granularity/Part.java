package kerf.granularity;

/** The parts that a weight tensor is named by, of shape (out, in) or (out, in, height, width). */
public enum Part implements Granularity {
  /** The rows of a matrix: all weights of one output. */
  ROWS("rows()", "a matrix (out×in)", "filters()", 2, 2),

  /** The columns of a matrix: all weights of one input. */
  COLUMNS("columns()", "a matrix (out×in)", "inputChannels()", 2, 2),

  /** The kernels of a convolution: all places for one output and one input. */
  KERNELS("kernels()", "a convolution (out×in×height×width)", "weights()", 3, Integer.MAX_VALUE),

  /** All weights of one output: the filters of a convolution, the neurons of a linear layer. */
  FILTERS("filters()", "at least 2 axes (out×in)", "weights()", 2, Integer.MAX_VALUE),

  /** All weights of one input: channels into a convolution, inputs of a linear layer. */
  INPUT_CHANNELS("inputChannels()", "at least 2 axes (out×in)", "weights()", 2, Integer.MAX_VALUE),

  /**
   * All filters and neurons that make one channel: those of one layer, or of all layers that can
   * only lose it together, as where outputs are added. Which these are is the network's to say.
   */
  CHANNELS("channels()", "at least 2 axes (out×in)", "weights()", 2, Integer.MAX_VALUE);

  private final String word;
  private final String needed;
  private final String instead;
  private final int leastAxes;
  private final int mostAxes;

  Part(String word, String needed, String instead, int leastAxes, int mostAxes) {
    this.word = word;
    this.needed = needed;
    this.instead = instead;
    this.leastAxes = leastAxes;
    this.mostAxes = mostAxes;
  }

  @Override
  public Groups groups(String layer, long... shape) {
    int size = Shape.size(layer, shape);
    if (shape.length < leastAxes || shape.length > mostAxes) {
      throw new IllegalArgumentException(
          "%s need %s, found %s of shape %s; prune by %s, or leave it out with keep(\"%s\")"
              .formatted(this, needed, layer, Shape.text(shape), instead, layer));
    }
    return switch (this) {
      case ROWS, FILTERS, CHANNELS -> Slices.along(0, size, shape);
      case COLUMNS, INPUT_CHANNELS -> Slices.along(1, size, shape);
      case KERNELS -> new Groups(1, size, 1, size / (int) shape[0] / (int) shape[1]);
    };
  }

  @Override
  public String toString() {
    return word;
  }
}
