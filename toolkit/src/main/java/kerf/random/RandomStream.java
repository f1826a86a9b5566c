package kerf.random;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A stream of random numbers that is fixed by a seed and the name of what it is for.
 *
 * <p>Streams of different purposes are independent, so drawing more of one (another dropout layer)
 * never changes another (the order of the data). The numbers are the same on every platform and
 * Java version, because every step is written down here and nothing is left to the JDK's choice:
 *
 * <ul>
 *   <li>key: SHA-256 of the seed (8 bytes, big-endian) followed by the purpose in UTF-8; the key of
 *       {@link #split} is SHA-256 of the parent's key (32 bytes) followed by the name
 *   <li>state: the key as four big-endian longs; generator: xoshiro256++ (Blackman and Vigna 2021)
 *   <li>floats: the top 24 bits of a draw times 2<sup>-24</sup>; doubles: the top 53 bits times
 *       2<sup>-53</sup>
 *   <li>bounded integers: Lemire's multiply and reject on the top 32 bits (arXiv:1805.10941)
 *   <li>normal numbers: Box and Muller's transform in pairs, with {@link StrictMath}
 *   <li>permutations: Fisher and Yates, from the last position down
 * </ul>
 *
 * <p>A stream is a position in a sequence, so it belongs to one thread; threads take a {@link
 * #split} each.
 */
public final class RandomStream {
  private final String name;
  private final byte[] key;
  private long s0;
  private long s1;
  private long s2;
  private long s3;
  private double spare = Double.NaN;

  /**
   * A stream whose first state is its key.
   *
   * @param name what {@link #toString} says
   * @param key four big-endian longs, not all zero
   */
  RandomStream(String name, byte[] key) {
    this.name = name;
    this.key = key;
    ByteBuffer state = ByteBuffer.wrap(key);
    s0 = state.getLong();
    s1 = state.getLong();
    s2 = state.getLong();
    s3 = state.getLong();
  }

  /**
   * The stream of a seed and a purpose, at its beginning.
   *
   * @param seed any number
   * @param purpose what the numbers are for, such as {@code order}, {@code initialization}, {@code
   *     dropout}, {@code noise} or {@code mask}
   * @return a new stream; equal arguments give equal numbers
   * @throws IllegalArgumentException if the purpose is blank
   */
  public static RandomStream of(long seed, String purpose) {
    byte[] prefix = ByteBuffer.allocate(Long.BYTES).putLong(seed).array();
    return new RandomStream("seed " + seed + ", " + purpose, digest(prefix, purpose));
  }

  /**
   * A further independent stream, for one part of this stream's purpose. It depends on this
   * stream's seed and purpose but not on how many numbers were drawn, so {@code order.split("epoch
   * 7")} can be had without running epochs 0 to 6. Splitting draws nothing.
   *
   * @param part the name of the part, such as {@code epoch 7} or {@code fc1}
   * @return a new stream at its beginning; equal names give equal numbers
   * @throws IllegalArgumentException if the name is blank
   */
  public RandomStream split(String part) {
    return new RandomStream(name + "/" + part, digest(key, part));
  }

  /**
   * The next 64 random bits.
   *
   * @return any long, each equally likely
   */
  public long nextLong() {
    long result = Long.rotateLeft(s0 + s3, 23) + s0;
    long t = s1 << 17;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= t;
    s3 = Long.rotateLeft(s3, 45);
    return result;
  }

  /**
   * A uniform integer below a bound.
   *
   * @param bound one more than the largest result, at least 1
   * @return an integer in [0, bound), each exactly equally likely
   * @throws IllegalArgumentException if the bound is not positive
   */
  public int nextInt(int bound) {
    if (bound <= 0) {
      throw new IllegalArgumentException("bound must be at least 1, found " + bound);
    }
    long product = (nextLong() >>> 32) * bound;
    if (Integer.compareUnsigned((int) product, bound) < 0) {
      int threshold = Integer.remainderUnsigned(-bound, bound);
      while (Integer.compareUnsigned((int) product, threshold) < 0) {
        product = (nextLong() >>> 32) * bound;
      }
    }
    return (int) (product >>> 32);
  }

  /**
   * A uniform float.
   *
   * @return a multiple of 2<sup>-24</sup> in [0, 1)
   */
  public float nextFloat() {
    return (nextLong() >>> 40) * 0x1p-24f;
  }

  /**
   * A uniform double.
   *
   * @return a multiple of 2<sup>-53</sup> in [0, 1)
   */
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1p-53;
  }

  /**
   * A number of the standard normal distribution (mean 0, standard deviation 1). Numbers are made
   * two at a time from two draws; the second is kept for the next call.
   *
   * @return a finite number, at most 8.6 in magnitude
   */
  public double nextGaussian() {
    if (!Double.isNaN(spare)) {
      double second = spare;
      spare = Double.NaN;
      return second;
    }
    // 1 - u lies in (0, 1]: the logarithm is finite.
    double radius = Math.sqrt(-2 * StrictMath.log(1 - nextDouble()));
    double angle = 2 * Math.PI * nextDouble();
    spare = radius * StrictMath.sin(angle);
    return radius * StrictMath.cos(angle);
  }

  /**
   * An array of normal numbers with mean 0.
   *
   * @param n how many, at least 0
   * @param std their standard deviation, finite and at least 0
   * @return a new array of n numbers
   * @throws IllegalArgumentException if n is negative, or std is negative or not finite
   */
  public float[] gaussians(int n, float std) {
    checkCount(n);
    if (!(std >= 0) || Float.isInfinite(std)) {
      throw new IllegalArgumentException(
          "standard deviation must be finite and at least 0, found " + std);
    }
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) (std * nextGaussian());
    }
    return values;
  }

  /**
   * An array of uniform numbers.
   *
   * @param n how many, at least 0
   * @param low the lower end, finite
   * @param high the upper end, finite, at least low
   * @return a new array of n numbers in [low, high); rounding to float may give high itself
   * @throws IllegalArgumentException if n is negative, an end is not finite, or high is below low
   */
  public float[] uniforms(int n, float low, float high) {
    checkCount(n);
    if (!(low <= high) || Float.isInfinite(low) || Float.isInfinite(high)) {
      throw new IllegalArgumentException(
          "uniform numbers need finite ends with low <= high, found [" + low + ", " + high + ")");
    }
    double width = (double) high - low;
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) (low + width * nextDouble());
    }
    return values;
  }

  /**
   * The numbers 0 to n - 1 in random order.
   *
   * @param n how many, at least 0
   * @return a new array; each of the n! orders is equally likely
   * @throws IllegalArgumentException if n is negative
   */
  public int[] permutation(int n) {
    checkCount(n);
    int[] values = new int[n];
    for (int i = 0; i < n; i++) {
      values[i] = i;
    }
    shuffle(values);
    return values;
  }

  /**
   * Puts an array in random order, in place.
   *
   * @param values the array to shuffle
   */
  public void shuffle(int[] values) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = nextInt(i + 1);
      int held = values[i];
      values[i] = values[j];
      values[j] = held;
    }
  }

  /**
   * The seed and the names that lead to this stream.
   *
   * @return such as {@code seed 1, order/epoch 7}
   */
  @Override
  public String toString() {
    return name;
  }

  private static void checkCount(int n) {
    if (n < 0) {
      throw new IllegalArgumentException("how many numbers must be at least 0, found " + n);
    }
  }

  private static byte[] digest(byte[] prefix, String name) {
    if (name.isBlank()) {
      throw new IllegalArgumentException(
          "a random stream needs the name of its purpose, found a blank; write \"order\" or the"
              + " like");
    }
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(prefix);
      return sha.digest(name.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
