package kerf.coding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import kerf.random.RandomStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CodedArrayTest {
  private static int[] back(CodedArray coded, int elements, int width, int rows) {
    return CodedArray.read(new BitReader(coded.bytes(), 0), elements, width, rows);
  }

  @Test
  void zerosAreLeftOut() {
    int[] codes = new int[1000];
    codes[17] = 9;
    codes[600] = 9;

    CodedArray coded = CodedArray.of(codes, 32, 10, Stage.HUFFMAN);

    assertThat(back(coded, 1000, 32, 10)).containsExactly(codes);
    assertThat(coded.bytes()).hasSizeLessThan(12);
  }

  @Test
  void everyBitHasItsAccount() {
    int[] codes = new int[1000];
    Arrays.setAll(codes, i -> i % 7 == 0 ? i % 5 - 2 : 0);
    for (Stage stage : new Stage[] {Stage.SPARSE, Stage.CODEBOOK, Stage.HUFFMAN}) {
      CodedArray coded = CodedArray.of(codes, 32, 10, stage);

      long bits = coded.spent().values().stream().mapToLong(Long::longValue).sum();
      assertThat(bits).isEqualTo(8L * coded.bytes().length);
    }
  }

  @Test
  void bitsBehindTheLastNumberAreRefused() {
    byte[] coded = CodedArray.of(new int[] {1, 2, 3}, 8, 1, Stage.HUFFMAN).bytes();
    byte[] longer = Arrays.copyOf(coded, coded.length + 1);

    assertThatThrownBy(() -> CodedArray.read(new BitReader(longer, 0), 3, 8, 1))
        .isInstanceOf(DamageException.class)
        .hasMessageStartingWith("expected zeros to the end of a byte, found ");
  }

  @Property(tries = 300)
  void numbersOfEveryWidthDensityAndStageComeBack(
      @ForAll @IntRange(min = 1, max = 32) int width,
      @ForAll @IntRange(min = 0, max = 10) int density,
      @ForAll @IntRange(min = 1, max = 20) int variety,
      @ForAll @IntRange(min = 1, max = 60) int columns,
      @ForAll @IntRange(min = 1, max = 999) int seed) {
    RandomStream stream = RandomStream.of(seed, "codes");
    int mask = width == 32 ? -1 : (1 << width) - 1;
    int rows = 13;
    int[] codes = new int[rows * columns];
    Arrays.setAll(
        codes,
        i ->
            stream.nextInt(10) >= density
                ? 0
                : (stream.nextInt(1 << variety) * 0x9e3779b1 ^ variety) & mask);

    for (Stage stage : new Stage[] {Stage.SPARSE, Stage.CODEBOOK, Stage.HUFFMAN}) {
      CodedArray coded = CodedArray.of(codes, width, rows, stage);
      assertThat(back(coded, codes.length, width, rows)).containsExactly(codes);
    }
  }

  @Property(tries = 500)
  void damagedBytesAreRefusedOrReadAsNumbers(
      @ForAll @IntRange(min = 1, max = 99) int seed,
      @ForAll @IntRange(min = 0, max = 9999) int at) {
    RandomStream stream = RandomStream.of(seed, "codes");
    int[] codes = new int[400];
    Arrays.setAll(codes, i -> stream.nextInt(10) < 2 ? stream.nextInt(9) : 0);
    byte[] bytes = CodedArray.of(codes, 32, 20, Stage.HUFFMAN).bytes();
    bytes[at % bytes.length] ^= (byte) (1 + stream.nextInt(255));

    try {
      assertThat(CodedArray.read(new BitReader(bytes, 0), 400, 32, 20)).hasSize(400);
    } catch (DamageException e) {
      assertThat(e).hasMessageStartingWith("expected ");
    }
  }
}
