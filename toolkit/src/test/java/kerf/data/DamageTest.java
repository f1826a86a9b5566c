package kerf.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever happens to a file, it is read as it says or refused with the documented error. */
class DamageTest {
  @Property
  void damagedIdxIsReadOrRefused(
      @ForAll boolean packed,
      @ForAll @IntRange(min = 1, max = 60) int length,
      @ForAll @Size(max = 4) int[] places,
      @ForAll byte value,
      @ForAll @IntRange(min = 1, max = 3) int dimensions) {
    byte[] sound = IdxFixture.twoImages();
    readOrRefuse(
        damaged(packed ? IdxFixture.gzip(sound) : sound, length, places, value), dimensions);
  }

  @Property
  void anyBytesAreReadOrRefused(@ForAll @Size(min = 1, max = 200) byte[] bytes) {
    readOrRefuse(bytes, 3);
  }

  @Property
  void everyHeaderIsReadOrRefused(@ForAll int count, @ForAll int height, @ForAll int width) {
    byte[] file = IdxFixture.idx(new byte[12], count, height, width);
    readOrRefuse(file, 3);
    readOrRefuse(IdxFixture.gzip(file), 3);
  }

  @Property
  void damagedDigitsAreReadOrRefused(
      @ForAll boolean packed,
      @ForAll @IntRange(min = 1, max = 300) int length,
      @ForAll @Size(max = 4) int[] places,
      @ForAll byte value) {
    byte[] sound = ("16,".repeat(64) + "9\n").getBytes(StandardCharsets.US_ASCII);
    byte[] file = damaged(packed ? IdxFixture.gzip(sound) : sound, length, places, value);
    try {
      LabelledImages images = DigitsCsv.read(new DataFile("digits", file));
      assertThat(images.pixels()).hasSize(64 * images.size());
      for (byte pixel : images.pixels()) {
        assertThat(pixel).isBetween((byte) 0, (byte) 16);
      }
    } catch (DataFileException e) {
      assertThat(e).hasMessageStartingWith("digits");
    }
  }

  private static void readOrRefuse(byte[] bytes, int dimensions) {
    try {
      Idx idx = Idx.read(new DataFile("file", bytes), dimensions);
      assertThat(idx.shape()).hasSize(dimensions);
      assertThat(idx.bytes()).hasSize(Arrays.stream(idx.shape()).reduce(1, (a, b) -> a * b));
    } catch (DataFileException e) {
      assertThat(e).hasMessageStartingWith("file: expected ");
    }
  }

  /** The first bytes of a file, or the file and zeros, with some of its bytes replaced. */
  private static byte[] damaged(byte[] sound, int length, int[] places, byte value) {
    byte[] bytes = Arrays.copyOf(sound, length);
    for (int place : places) {
      bytes[Math.floorMod(place, length)] = value;
    }
    return bytes;
  }
}
