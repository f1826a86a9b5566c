package kerf.granularity;

/**
 * Rectangles of neighbours in the matrix of outputs × inputs. The kernel of a convolution is one
 * row of {@code in·height·width} inputs for each output, as in the matrix product that computes it.
 *
 * <p>Where the matrix does not come out even, the blocks at its edges are smaller; each counts as
 * one group, and is compared by its own size.
 *
 * @param height the rows of a block, at least 1
 * @param width the columns of a block, at least 1
 */
public record Blocks(int height, int width) implements Granularity {
  /**
   * Checks the numbers.
   *
   * @param height the rows of a block, at least 1
   * @param width the columns of a block, at least 1
   */
  public Blocks {
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "blocks must be of 1 row and 1 column or more, found blocks(%d, %d)"
              .formatted(height, width));
    }
  }

  @Override
  public Groups groups(String layer, long... shape) {
    int size = Shape.size(layer, shape);
    if (shape.length < 2) {
      throw new IllegalArgumentException(
          "%s need a tensor of at least 2 axes, found %s of shape %s; prune it by weights"
              .formatted(this, layer, Shape.text(shape)));
    }
    int rows = (int) shape[0];
    int columns = size / rows;
    return new Groups(rows, columns, Math.min(height, rows), Math.min(width, columns));
  }

  @Override
  public String toString() {
    return "blocks(%d, %d)".formatted(height, width);
  }
}
