package kerf.mask;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Objects;
import kerf.argument.Argument;
import kerf.granularity.Shape;
import kerf.random.RandomStream;

/**
 * One layer's part of a mask: a name, a shape, and a bit a weight, set where the weight is kept.
 * Immutable. Indices count in C order: the last axis runs fastest.
 */
public final class LayerMask {
  private final String name;
  private final long[] shape;
  private final int size;
  private final BitSet bits;
  private final int kept;

  private LayerMask(String name, long[] shape, int size, BitSet bits) {
    this.name = name;
    this.shape = shape;
    this.size = size;
    this.bits = bits;
    this.kept = bits.cardinality();
  }

  /**
   * A mask that keeps every weight.
   *
   * @param name the layer's name
   * @param shape the size of each axis
   * @return the mask of density 1
   * @throws IllegalArgumentException if an axis is not positive
   */
  public static LayerMask ones(String name, long... shape) {
    Argument.require("name", name);
    Argument.require("shape", shape);
    int size = Shape.size(name, shape);
    BitSet bits = new BitSet(size);
    bits.set(0, size);
    return new LayerMask(name, shape.clone(), size, bits);
  }

  /**
   * A mask of given bits.
   *
   * @param name the layer's name
   * @param shape the size of each axis
   * @param kept whether each weight is kept
   * @return the mask
   * @throws IllegalArgumentException if {@code kept} has not as many elements as the shape
   */
  public static LayerMask of(String name, long[] shape, boolean[] kept) {
    Argument.require("name", name);
    Argument.require("shape", shape);
    Argument.require("kept", kept);
    BitSet bits = new BitSet(kept.length);
    for (int i = 0; i < kept.length; i++) {
      bits.set(i, kept[i]);
    }
    return new LayerMask(name, shape.clone(), requireSize(name, shape, kept.length), bits);
  }

  /**
   * A mask of given bytes.
   *
   * @param name the layer's name
   * @param shape the size of each axis
   * @param kept 1 for each weight that is kept, 0 for each that is pruned
   * @return the mask
   * @throws IllegalArgumentException if {@code kept} has not as many elements as the shape, or
   *     others than 0 and 1
   */
  public static LayerMask of(String name, long[] shape, byte[] kept) {
    Argument.require("name", name);
    Argument.require("shape", shape);
    Argument.require("kept", kept);
    BitSet bits = new BitSet(kept.length);
    for (int i = 0; i < kept.length; i++) {
      if (kept[i] != 0 && kept[i] != 1) {
        throw new IllegalArgumentException(
            "mask of %s must hold only 0 and 1, found %d at index %d"
                .formatted(name, Byte.toUnsignedInt(kept[i]), i));
      }
      bits.set(i, kept[i] == 1);
    }
    return new LayerMask(name, shape.clone(), requireSize(name, shape, kept.length), bits);
  }

  /**
   * The name of the layer or parameter.
   *
   * @return such as {@code fc1}
   */
  public String name() {
    return name;
  }

  /**
   * The shape of the layer's weights.
   *
   * @return a copy: the size of each axis
   */
  public long[] shape() {
    return shape.clone();
  }

  /**
   * The number of weights, kept or pruned.
   *
   * @return the product of the shape
   */
  public int size() {
    return size;
  }

  /**
   * The number of weights kept.
   *
   * @return 0 to {@code size()}
   */
  public int kept() {
    return kept;
  }

  /**
   * Whether one weight is kept.
   *
   * @param index the weight's index
   * @return true if it is kept
   * @throws IndexOutOfBoundsException if there is no such weight
   */
  public boolean keeps(int index) {
    return bits.get(Objects.checkIndex(index, size));
  }

  /**
   * The share of weights kept.
   *
   * @return a fraction in [0, 1]
   */
  public double density() {
    return (double) kept / size;
  }

  /**
   * The share of weights pruned.
   *
   * @return a fraction in [0, 1]
   */
  public double sparsity() {
    return (double) (size - kept) / size;
  }

  /**
   * The row of the per-layer table.
   *
   * @return name, shape and counts
   */
  public LayerDensity row() {
    return new LayerDensity(name, Shape.text(shape), size, size - kept, sparsity());
  }

  /**
   * The weights that are kept.
   *
   * @return a new array of their indices, ascending
   */
  public int[] survivors() {
    int[] survivors = new int[kept];
    int index = -1;
    for (int i = 0; i < kept; i++) {
      index = bits.nextSetBit(index + 1);
      survivors[i] = index;
    }
    return survivors;
  }

  /**
   * The mask as bits.
   *
   * @return a new set: the indices of the weights that are kept
   */
  public BitSet bits() {
    return (BitSet) bits.clone();
  }

  /**
   * The mask as factors for the weights.
   *
   * @return a new array: 1 where the weight is kept, 0 where it is pruned
   */
  public float[] floats() {
    float[] floats = new float[size];
    for (int index : survivors()) {
      floats[index] = 1;
    }
    return floats;
  }

  /**
   * The mask as bytes.
   *
   * @return a new array: 1 where the weight is kept, 0 where it is pruned
   */
  public byte[] bytes() {
    byte[] bytes = new byte[size];
    for (int index : survivors()) {
      bytes[index] = 1;
    }
    return bytes;
  }

  /**
   * Weights as they are under the mask. A pruned weight is exactly 0, even if it was not a number.
   *
   * @param weights as many as the mask has
   * @return a new array: the weight where it is kept, 0 where it is pruned
   * @throws IllegalArgumentException if there are more or fewer weights
   */
  public float[] apply(float[] weights) {
    Argument.require("weights", weights);
    requireSize(name, shape, weights.length);
    float[] masked = new float[size];
    long[] words = bits.toLongArray();
    for (int word = 0; word < words.length; word++) {
      int start = word * Long.SIZE;
      if (words[word] == -1) {
        System.arraycopy(weights, start, masked, start, Long.SIZE);
        continue;
      }
      for (long left = words[word]; left != 0; left &= left - 1) {
        int index = start + Long.numberOfTrailingZeros(left);
        masked[index] = weights[index];
      }
    }
    return masked;
  }

  /**
   * This mask with more weights pruned.
   *
   * @param pruned indices of weights; those that are pruned already may be among them
   * @return a subset of this mask
   * @throws IndexOutOfBoundsException if there is no such weight
   */
  public LayerMask without(int... pruned) {
    Argument.require("pruned", pruned);
    BitSet fewer = (BitSet) bits.clone();
    for (int index : pruned) {
      fewer.clear(Objects.checkIndex(index, size));
    }
    return new LayerMask(name, shape, size, fewer);
  }

  /**
   * This mask with more weights pruned.
   *
   * @param pruned a bit a weight, set where it goes; those that are pruned already may be among
   *     them
   * @return a subset of this mask
   * @throws IndexOutOfBoundsException if there is no such weight
   */
  public LayerMask without(BitSet pruned) {
    Argument.require("pruned", pruned);
    if (pruned.length() > 0) {
      Objects.checkIndex(pruned.length() - 1, size);
    }
    BitSet fewer = (BitSet) bits.clone();
    fewer.andNot(pruned);
    return new LayerMask(name, shape, size, fewer);
  }

  /**
   * The weights that both masks keep.
   *
   * @param other a mask of the same shape
   * @return a subset of both, under this mask's name
   * @throws IllegalArgumentException if the shapes differ
   */
  public LayerMask and(LayerMask other) {
    Argument.require("mask", other);
    if (!Arrays.equals(shape, other.shape)) {
      throw new IllegalArgumentException(
          "mask of %s has shape %s, found %s in the other mask; masks combine only with masks of the"
                  .formatted(name, Shape.text(shape), Shape.text(other.shape))
              + " same architecture");
    }
    BitSet both = (BitSet) bits.clone();
    both.and(other.bits);
    return new LayerMask(name, shape, size, both);
  }

  /**
   * How alike two masks are: the weights both keep over the weights either keeps (P. Jaccard,
   * 1901).
   *
   * @param other a mask of the same shape
   * @return a fraction in [0, 1]; 1 for equal masks, and for two that keep nothing
   * @throws IllegalArgumentException if the shapes differ
   */
  public double jaccard(LayerMask other) {
    Argument.require("mask", other);
    int both = and(other).kept;
    int either = kept - both + other.kept;
    return either == 0 ? 1 : (double) both / either;
  }

  /**
   * As many weights, but any of them.
   *
   * @param random where the choice comes from
   * @return a mask of equal count, every choice as likely
   */
  LayerMask shuffled(RandomStream random) {
    BitSet shuffled = new BitSet(size);
    int left = kept;
    // Selection sampling (Knuth, TAOCP 2, 3.4.2, algorithm S): one pass, no permutation in memory.
    for (int i = 0; left > 0; i++) {
      if (random.nextInt(size - i) < left) {
        shuffled.set(i);
        left--;
      }
    }
    return new LayerMask(name, shape, size, shuffled);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LayerMask that
        && name.equals(that.name)
        && Arrays.equals(shape, that.shape)
        && bits.equals(that.bits);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, Arrays.hashCode(shape), bits);
  }

  @Override
  public String toString() {
    return "mask of %s, %s: %d of %d weights kept".formatted(name, Shape.text(shape), kept, size);
  }

  private static int requireSize(String name, long[] shape, int found) {
    int size = Shape.size(name, shape);
    if (size != found) {
      throw new IllegalArgumentException(
          "mask of %s has shape %s, that is %d weights, found %d"
              .formatted(name, Shape.text(shape), size, found));
    }
    return size;
  }
}
