package kerf.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpzDamageTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("damaged.npz");
  }

  @Test
  void notAZip() throws Exception {
    Files.writeString(file, "just text, no archive at all, whatever its name says");

    refuses("a whole zip archive", "damage: zip END header not found");
  }

  @Test
  void anEmptyFile() throws Exception {
    Files.createFile(file);

    refuses("a whole zip archive", "damage: zip file is empty");
  }

  @Test
  void cutShort() throws Exception {
    byte[] whole = Files.readAllBytes(NpzTest.fixture("numpy.npz"));
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));

    refuses("a whole zip archive", "damage: zip END header not found");
  }

  @Test
  void aFlippedBitInTheData() throws Exception {
    Npz.write(file, NpzTest.everyType());
    byte[] bytes = Files.readAllBytes(file);
    bytes[170] ^= 1;
    Files.write(file, bytes);

    assertThatThrownBy(() -> Npz.read(file))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessageMatching(
            "cannot read .*damaged.npz: expected fc2.weight.npy of 152 bytes with checksum"
                + " [0-9a-f]{8}, found 152 with checksum [0-9a-f]{8}; copy it again from its source, or save it again");
  }

  @Test
  void aWrongMagic() throws Exception {
    zip("a.npy", "NUMPY, but without the first byte");

    refuses(
        "the magic bytes of .npy version 1.0 or 2.0 at the start of a.npy",
        "[78, 85, 77, 80, 89, 44, 32, 98]");
  }

  @Test
  void anEntryOfNoBytes() throws Exception {
    zip("a.npy", "");

    refuses("the magic bytes of .npy version 1.0 or 2.0 at the start of a.npy", "[]");
  }

  @Test
  void moreElementsThanBytes() throws Exception {
    zip("a.npy", npy("{'descr': '<f4', 'fortran_order': False, 'shape': (500, 784), }") + "1234");

    refuses("1568000 bytes of data for FLOAT32[500, 784] in a.npy", "4");
  }

  @Test
  void moreBytesThanElements() throws Exception {
    zip("a.npy", npy("{'descr': '|u1', 'fortran_order': False, 'shape': (3,), }") + "1234");

    refuses("3 bytes of data for UINT8[3] in a.npy", "4");
  }

  @Test
  void aShapeBeyondAllMemory() throws Exception {
    zip(
        "a.npy",
        npy("{'descr': '|u1', 'fortran_order': False, 'shape': (4294967296, 4294967296), }"));

    refuses("a shape that fits in memory in a.npy", "[4294967296, 4294967296]");
  }

  @Test
  void anAxisBeyond64Bits() throws Exception {
    zip(
        "a.npy",
        npy("{'descr': '|u1', 'fortran_order': False, 'shape': (99999999999999999999,), }"));

    refuses("a shape of 64-bit axes in a.npy", "(99999999999999999999,)");
  }

  @Test
  void aHeaderLongerThanTheFile() throws Exception {
    zip("a.npy", "\u0093NUMPY\u0001\u0000\u00ff\u00ffab");

    refuses("a header of at most 10000 bytes in a.npy", "one longer than the array's file");
  }

  @Test
  void aHeaderThatIsNoDictionary() throws Exception {
    zip("a.npy", npy("__import__('os').system('true')"));

    refuses(
        "a header with descr, fortran_order and shape in a.npy", "__import__('os').system('true')");
  }

  @Test
  void aHeaderWithAFieldMissing() throws Exception {
    zip("a.npy", npy("{'descr': '<f4', 'shape': (1,), }"));

    refuses(
        "a header with descr, fortran_order and shape in a.npy",
        "{'descr': '<f4', 'shape': (1,), }");
  }

  @Test
  void aComplexArray() {
    file = NpzTest.fixture("numpy-complex.npz");

    refuses("an element type of <f4 <f8 <i4 <i8 |i1 |u1 |b1 in z.npy", "<c16");
  }

  @Test
  void aBigEndianArray() {
    file = NpzTest.fixture("numpy-big-endian.npz");

    refuses("an element type of <f4 <f8 <i4 <i8 |i1 |u1 |b1 in z.npy", ">f4");
  }

  @Test
  void aNameThatIsAPath() throws Exception {
    zip("../../etc/passwd.npy", npy("{'descr': '|u1', 'fortran_order': False, 'shape': (0,), }"));

    refuses("entries called NAME.npy, without folders,", "\"../../etc/passwd.npy\"");
  }

  @Test
  void aNameThatIsNoArray() throws Exception {
    zip("readme.txt", "hello");

    refuses("entries called NAME.npy, without folders,", "\"readme.txt\"");
  }

  @Test
  void twoEntriesOfOneName() throws Exception {
    String header = npy("{'descr': '|u1', 'fortran_order': False, 'shape': (0,), }");
    Files.write(file, replace(archive("a.npy", header, "b.npy", header), "b.npy", "a.npy"));

    refuses("each name once", "two entries called a.npy");
  }

  @Test
  void aSizeThatNoDeflateCanReach() throws Exception {
    byte[] bytes =
        archive("a.npy", npy("{'descr': '|u1', 'fortran_order': False, 'shape': (0,), }"));
    int directory = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("PK\1\2");
    Arrays.fill(bytes, directory + 24, directory + 27, (byte) 0xff);
    Files.write(file, bytes);

    assertThatThrownBy(() -> Npz.read(file))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessageMatching(
            "cannot read .*damaged.npz: expected arrays of at most 2 GiB, packed to a thousandth at most,"
                + " found a.npy of 16,777,215 bytes packed in [0-9]+; copy it again from its source, or save it again");
  }

  /** Bytes of the archive are overwritten, and perhaps its end is cut off. */
  @Property(tries = 2000)
  void mutatedArchivesAreReadOrRefused(
      @ForAll @Size(min = 1, max = 8) int[] where,
      @ForAll byte what,
      @ForAll @IntRange(max = 9) int cut)
      throws IOException {
    byte[] bytes =
        Files.readAllBytes(NpzTest.fixture(cut % 2 == 0 ? "numpy.npz" : "numpy-stored.npz"));
    for (int at : where) {
      bytes[Math.floorMod(at, bytes.length)] = what;
    }
    readsOrRefuses(cut < 8 ? bytes : Arrays.copyOf(bytes, Math.floorMod(where[0], bytes.length)));
  }

  /** Bytes of an array are overwritten inside a sound archive, so no checksum gives it away. */
  @Property(tries = 2000)
  void mutatedArraysAreReadOrRefused(
      @ForAll @Size(min = 1, max = 4) int[] where,
      @ForAll byte what,
      @ForAll @IntRange(max = 9) int cut)
      throws IOException {
    byte[] bytes =
        (npy("{'descr': '<f4', 'fortran_order': True, 'shape': (2, 3), }") + "x".repeat(24))
            .getBytes(StandardCharsets.ISO_8859_1);
    for (int at : where) {
      bytes[Math.floorMod(at, bytes.length)] = what;
    }
    int length = cut < 8 ? bytes.length : Math.floorMod(where[0], bytes.length);
    readsOrRefuses(archive("a.npy", new String(bytes, 0, length, StandardCharsets.ISO_8859_1)));
  }

  private static void readsOrRefuses(byte[] bytes) throws IOException {
    Path mutated = Files.createTempFile("mutated", ".npz");
    try {
      Files.write(mutated, bytes);
      Npz.read(mutated).values().forEach(array -> assertThat(array.size()).isNotNegative());
    } catch (UnreadableFileException e) {
      assertThat(e)
          .hasMessageStartingWith("cannot read " + mutated)
          .hasMessageContaining(", found ");
    } finally {
      Files.delete(mutated);
    }
  }

  private void refuses(String expected, String found) {
    assertThatThrownBy(() -> Npz.read(file))
        .isExactlyInstanceOf(UnreadableFileException.class)
        .hasMessage(
            "cannot read %s: expected %s, found %s; copy it again from its source, or save it again",
            file, expected, found);
  }

  private static String npy(String header) {
    return "\u0093NUMPY\u0001\u0000" + (char) header.length() + "\u0000" + header;
  }

  private void zip(String... namesAndContents) throws IOException {
    Files.write(file, archive(namesAndContents));
  }

  private static byte[] archive(String... namesAndContents) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < namesAndContents.length; i += 2) {
        zip.putNextEntry(new ZipEntry(namesAndContents[i]));
        zip.write(namesAndContents[i + 1].getBytes(StandardCharsets.ISO_8859_1));
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] replace(byte[] bytes, String old, String now) {
    return new String(bytes, StandardCharsets.ISO_8859_1)
        .replace(old, now)
        .getBytes(StandardCharsets.ISO_8859_1);
  }
}
