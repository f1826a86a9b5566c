package kerf.pruning;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import kerf.argument.Argument;
import kerf.display.Bundle;
import kerf.display.Shown;
import kerf.granularity.Shape;
import kerf.mask.LayerMask;
import kerf.mask.Mask;
import kerf.random.RandomStream;

/**
 * Bare numbers of a shape, with a mask: what a plan prunes when there is no network, to see what it
 * does. A value; every verb gives a new one.
 *
 * <pre>{@code
 * Pruning.plan().amount(0.7).prune(Tensor.of(2, 5).normal(1));
 * }</pre>
 */
public final class Tensor implements Shown {
  private static final String NAME = "tensor";
  private static final int MOST = 400;

  private final LayerMask mask;
  private final float[] values;

  private Tensor(LayerMask mask, float[] values) {
    this.mask = mask;
    this.values = values;
  }

  /**
   * Zeros of a shape.
   *
   * @param shape the size of each axis
   * @return a tensor of which everything is kept
   * @throws IllegalArgumentException if an axis is not positive
   */
  public static Tensor of(long... shape) {
    Argument.require("shape", shape);
    LayerMask ones = LayerMask.ones(NAME, shape);
    return new Tensor(ones, new float[ones.size()]);
  }

  /**
   * Changes the numbers.
   *
   * @param numbers as many as the shape says, in C order: the last axis runs fastest
   * @return such a tensor; what was pruned stays 0
   * @throws IllegalArgumentException if there are more or fewer
   */
  public Tensor values(float... numbers) {
    Argument.require("numbers", numbers);
    return new Tensor(mask, mask.apply(numbers));
  }

  /**
   * Draws the numbers from a normal distribution of mean 0 and standard deviation 1.
   *
   * @param seed any number
   * @return such a tensor; what was pruned stays 0
   */
  public Tensor normal(long seed) {
    return values(RandomStream.of(seed, NAME).gaussians(mask.size(), 1));
  }

  /**
   * Prunes by a ready mask.
   *
   * @param wanted a mask of the same shape, under any name
   * @return a tensor whose other numbers are 0
   * @throws IllegalArgumentException if the shapes differ
   */
  public Tensor masked(LayerMask wanted) {
    Argument.require("mask", wanted);
    LayerMask fewer = mask.and(wanted);
    return new Tensor(fewer, fewer.apply(values));
  }

  Tensor pruned(Pruning plan) {
    return masked(plan.mask(Mask.of(mask), Map.of(NAME, values)).layer(NAME));
  }

  /**
   * Gives the numbers.
   *
   * @return a copy in C order, pruned ones 0
   */
  public float[] values() {
    return values.clone();
  }

  /**
   * Tells which numbers are kept.
   *
   * @return the mask
   */
  public LayerMask mask() {
    return mask;
  }

  @Override
  public Bundle bundle() {
    return Bundle.of(toString());
  }

  /**
   * The numbers, a line a row, a dot for each that is pruned; of a large tensor only its counts.
   */
  @Override
  public String toString() {
    String head =
        "%s tensor, %,d of %,d kept".formatted(Shape.text(mask.shape()), mask.kept(), mask.size());
    if (values.length > MOST) {
      return head;
    }
    long[] shape = mask.shape();
    int row = shape.length == 0 ? 1 : (int) shape[shape.length - 1];
    int block = shape.length < 2 ? values.length : row * (int) shape[shape.length - 2];
    StringBuilder text = new StringBuilder(head);
    for (int i = 0; i < values.length; i++) {
      text.append(i > 0 && i % block == 0 ? "\n" : "").append(i % row == 0 ? "\n" : "");
      text.append(
          mask.keeps(i)
              ? String.format(Locale.ROOT, "%9.4f", values[i])
              : String.format(Locale.ROOT, "%9s", "·"));
    }
    return text.toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tensor that
        && mask.equals(that.mask)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * mask.hashCode() + Arrays.hashCode(values);
  }
}
