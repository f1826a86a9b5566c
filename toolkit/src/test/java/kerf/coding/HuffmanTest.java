package kerf.coding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import kerf.random.RandomStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class HuffmanTest {
  @Test
  void frequentSymbolsHaveShortCodes() {
    Huffman code = Huffman.ofCounts(1, 4, 0, 2, 1);

    assertThat(code.lengths()).containsExactly(3, 1, 0, 2, 3);
    assertThat(code.bits(1, 4, 0, 2, 1)).isEqualTo(14);
    // Canonical: 1 is 0, 3 is 10, 0 is 110, 4 is 111.
    assertThat(code.encode(1, 3, 0, 4, 1)).containsExactly(0b0_10_110_11, (byte) 0b1_0_000000);
    assertThat(code.decode(code.encode(1, 3, 0, 4, 1), 5)).containsExactly(1, 3, 0, 4, 1);
  }

  @Test
  void aSingleSymbolTakesOneBit() {
    Huffman code = Huffman.ofCounts(0, 7);

    assertThat(code.lengths()).containsExactly(0, 1);
    assertThat(code.decode(code.encode(1, 1, 1), 3)).containsExactly(1, 1, 1);
    assertThatThrownBy(() -> code.decode(new byte[] {(byte) 0b01000000}, 3))
        .hasMessage("codes are damaged: expected a code, found bits that are none");
  }

  @Test
  void codesBeyondTheTableAreDecodedToo() {
    long[] fibonacci = new long[40];
    fibonacci[0] = 1;
    fibonacci[1] = 1;
    for (int i = 2; i < fibonacci.length; i++) {
      fibonacci[i] = fibonacci[i - 1] + fibonacci[i - 2];
    }
    Huffman code = Huffman.ofCounts(fibonacci);
    int[] all = new int[200];
    Arrays.setAll(all, i -> (i * 7) % 40);

    assertThat(Arrays.stream(code.lengths()).max()).hasValue(39);
    assertThat(code.decode(code.encode(all), all.length)).containsExactly(all);
  }

  @Test
  void symbolsWithoutCodeBytesThatEndAndLengthsOfNoCodeAreRefused() {
    Huffman code = Huffman.ofCounts(1, 1, 1, 1);

    assertThatThrownBy(() -> code.encode(4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("symbol 4 has no code");
    assertThatThrownBy(() -> code.decode(new byte[1], 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("codes are damaged: expected codes of 5 symbols, found 4");
    assertThatThrownBy(() -> Huffman.ofLengths(1, 2))
        .hasMessage("lengths of a code must use up all codes, found 0.75 of them in use");
    assertThatThrownBy(() -> Huffman.ofLengths(1, 1, 1))
        .hasMessage("lengths of a code must use up all codes, found 1.5 of them in use");
  }

  @Property(tries = 100)
  void whatIsEncodedComesBackInNoMoreBitsThanAFixedWidth(
      @ForAll @IntRange(min = 1, max = 300) int alphabet,
      @ForAll @IntRange(min = 0, max = 500) int length,
      @ForAll @IntRange(min = 1, max = 99) int seed) {
    RandomStream stream = RandomStream.of(seed, "symbols");
    int[] symbols = new int[length];
    Arrays.setAll(symbols, i -> (int) (alphabet * Math.pow(stream.nextDouble(), 4)));
    long[] counts = new long[alphabet];
    Arrays.stream(symbols).forEach(symbol -> counts[symbol]++);
    Huffman code = Huffman.ofLengths(Huffman.ofCounts(counts).lengths());

    assertThat(code.decode(code.encode(symbols), length)).containsExactly(symbols);
    int width = Math.max(1, 32 - Integer.numberOfLeadingZeros(alphabet - 1));
    assertThat(code.bits(counts)).isLessThanOrEqualTo((long) length * width);
  }
}
