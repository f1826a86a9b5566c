package kerf.export;

import java.util.List;
import java.util.stream.Collectors;

/**
 * How long an axis is.
 *
 * @param size at least 1: numbers, or numbers for each input of the batch
 * @param batch whether it grows with the batch
 */
record Extent(long size, boolean batch) {
  static Extent of(long size) {
    return new Extent(size, false);
  }

  static Extent inputs(long each) {
    return new Extent(each, true);
  }

  /** Whether it is so long whatever the batch. */
  boolean is(long length) {
    return !batch && size == length;
  }

  /** How many numbers a shape has for one input; the greatest long if there are more. */
  static long volume(List<Extent> shape) {
    return product(shape.stream().mapToLong(Extent::size).toArray());
  }

  /** Whether some axis of a shape grows with the batch. */
  static boolean batch(List<Extent> shape) {
    return shape.stream().anyMatch(Extent::batch);
  }

  /** The product of factors of 1 or more; the greatest long if it is greater. */
  static long product(long... factors) {
    long product = 1;
    for (long factor : factors) {
      product = factor > Long.MAX_VALUE / product ? Long.MAX_VALUE : product * factor;
    }
    return product;
  }

  static String text(List<Extent> shape) {
    return shape.isEmpty()
        ? "one number"
        : shape.stream().map(Extent::toString).collect(Collectors.joining("×"));
  }

  @Override
  public String toString() {
    return batch ? (size == 1 ? "N" : size + "N") : Long.toString(size);
  }
}
