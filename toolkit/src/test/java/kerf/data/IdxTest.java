package kerf.data;

import static kerf.data.IdxFixture.gzip;
import static kerf.data.IdxFixture.idx;
import static kerf.data.IdxFixture.twoImages;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxTest {
  private static final String AGAIN = "; copy it again from its source";

  @TempDir Path folder;

  @Test
  void plainAndPackedFilesGiveTheSameArray() {
    for (byte[] file : new byte[][] {twoImages(), gzip(twoImages())}) {
      Idx images = read("images", file, 3);
      assertThat(images.shape()).containsExactly(2, 2, 3);
      assertThat(images.bytes()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    }
  }

  @Test
  void filesAreReadFromThePath() throws Exception {
    Path file = Files.write(folder.resolve("labels"), idx(new byte[] {3, (byte) 200}, 2));
    assertThat(Idx.read(file, 1).bytes()).containsExactly(3, (byte) 200);
  }

  @Test
  void missingFile() {
    Path file = folder.resolve("missing");
    assertThatThrownBy(() -> Idx.read(file, 3))
        .isInstanceOf(DataFileException.class)
        .hasMessage(file + ": expected a file, found nothing there; check the path");
    assertThatThrownBy(() -> Idx.read(folder, 3))
        .hasMessage(folder + ": expected a file, found a folder; check the path");
    assertThatThrownBy(() -> DataFile.packaged("kerf/datasets/none/images.gz"))
        .isInstanceOf(DataFileException.class)
        .hasMessage(
            "kerf/datasets/none/images.gz: expected it on the class path, found nothing; add the jar"
                + " io.github.kerf:kerf-datasets");
  }

  @Test
  void emptyFile() {
    fails("empty", new byte[0], "expected data, found an empty file" + AGAIN);
    fails(
        "empty.gz",
        gzip(new byte[0]),
        "expected the first bytes 00 00 08 03 of an IDX file, found no bytes; this is another"
            + " format, or damaged");
  }

  @Test
  void wrongMagic() {
    byte[] zip = {'P', 'K', 3, 4, 0, 0, 0, 0};
    fails(
        "wrong-magic",
        zip,
        "expected the first bytes 00 00 08 03 of an IDX file, found 50 4b 03 04; this is another"
            + " format, or damaged");
    fails(
        "unknown-type",
        idx(0x0a, new byte[12], 2, 2, 3),
        "expected the first bytes 00 00 08 03 of an IDX file, found 00 00 0a 03; this is another"
            + " format, or damaged");
    fails(
        "two-bytes",
        new byte[] {0, 0},
        "expected the first bytes 00 00 08 03 of an IDX file, found 00 00; this is another format,"
            + " or damaged");
  }

  @Test
  void wrongElementType() {
    fails(
        "floats",
        idx(0x0d, new byte[48], 2, 2, 3),
        "expected unsigned bytes (IDX type 0x08), found 32-bit floats (type 0x0d); save them as numpy's uint8");
  }

  @Test
  void wrongNumberOfDimensions() {
    fails(
        "labels-for-images",
        idx(new byte[2], 2),
        "expected 3 dimensions (images, height, width), found 1 dimension (labels); are the files"
            + " of images and labels interchanged?");
    assertThatThrownBy(() -> read("images-for-labels", twoImages(), 1))
        .hasMessage(
            "images-for-labels: expected 1 dimension (labels), found 3 dimensions (images, height,"
                + " width); are the files of images and labels interchanged?");
  }

  @Test
  void shortHeader() {
    fails(
        "short-header",
        Arrays.copyOf(twoImages(), 9),
        "expected a header of 16 bytes, found 9; the file is cut short" + AGAIN);
  }

  @Test
  void noImages() {
    fails(
        "no-images",
        idx(new byte[0], 0, 28, 28),
        "expected sizes of at least 1, found 0 x 28 x 28" + AGAIN);
  }

  @Test
  void truncatedPayload() {
    fails(
        "truncated.gz",
        gzip(Arrays.copyOf(twoImages(), 24)),
        "expected 12 bytes of data (2 x 2 x 3), found 8; the file is cut short" + AGAIN);
    fails(
        "truncated",
        Arrays.copyOf(twoImages(), 24),
        "expected at most 8 bytes of data, found a header that claims 2 x 2 x 3; the file is cut"
            + " short or its header damaged"
            + AGAIN);
  }

  @Test
  void truncatedGzip() {
    byte[] whole = gzip(twoImages());
    for (int length : new int[] {6, 10, 20, whole.length - 8, whole.length - 1}) {
      fails(
          "truncated.gz",
          Arrays.copyOf(whole, length),
          "expected a whole gzip stream, found one that is cut short" + AGAIN);
    }
  }

  @Test
  void alteredGzip() {
    byte[] altered = gzip(twoImages());
    altered[altered.length - 8] ^= 1;
    fails(
        "altered.gz",
        altered,
        "expected a sound gzip stream, found one that does not match its own checksum or format"
            + AGAIN);
  }

  @Test
  void oversized() {
    byte[] oversized = Arrays.copyOf(twoImages(), 16 + 12 + 5);
    String finding =
        "expected 12 bytes of data (2 x 2 x 3), found 17; the file or its header is damaged"
            + AGAIN;
    fails("oversized", oversized, finding);
    fails("oversized.gz", gzip(oversized), finding);
    for (int more : new int[] {1, 5, 100}) {
      byte[] packed = gzip(twoImages());
      fails(
          "bytes-after-gzip.gz",
          Arrays.copyOf(packed, packed.length + more),
          "expected the file to end with its gzip stream, found "
              + more
              + " bytes after it"
              + AGAIN);
    }
  }

  @Test
  void hugeClaimTakesNoMemory() {
    byte[] huge = idx(new byte[12], -1, -1, -1);
    fails(
        "huge",
        huge,
        "expected at most 12 bytes of data, found a header that claims 4294967295 x 4294967295 x"
            + " 4294967295; the file is cut short or its header damaged"
            + AGAIN);
    byte[] gigabyte = gzip(idx(new byte[12], 1 << 20, 32, 32));
    fails(
        "gigabyte.gz",
        gigabyte,
        "expected at most "
            + (gigabyte.length * 1032 - 16)
            + " bytes of data, found a header that claims 1048576 x 32 x 32; the file is cut short"
            + " or its header damaged"
            + AGAIN);
  }

  private static Idx read(String name, byte[] bytes, int dimensions) {
    return Idx.read(new DataFile(name, bytes), dimensions);
  }

  private static void fails(String name, byte[] bytes, String finding) {
    assertThatThrownBy(() -> read(name, bytes, 3))
        .isInstanceOf(DataFileException.class)
        .hasMessage(name + ": " + finding);
  }
}
