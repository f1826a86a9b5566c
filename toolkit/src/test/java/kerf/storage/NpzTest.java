package kerf.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NpzTest {
  @TempDir Path folder;

  /** A file in this test's folder of resources. */
  static Path fixture(String name) {
    try {
      return Path.of(NpzTest.class.getResource(name).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  /** One array of every element type, in an order that is not alphabetical. */
  static Map<String, Npy> everyType() {
    Map<String, Npy> arrays = new LinkedHashMap<>();
    arrays.put("fc2.weight", Npy.of(new long[] {2, 3}, new float[] {1, -2, 0, 4.5f, 5, 6}));
    arrays.put("fc1.weight", Npy.of(new long[] {2}, new double[] {Math.PI, -0.0}));
    arrays.put("step", Npy.of(new long[] {}, new long[] {Long.MIN_VALUE}));
    arrays.put("labels", Npy.of(new long[] {3, 1}, new int[] {1, 2, -3}));
    arrays.put("mask", Npy.of(ElementType.UINT8, new long[] {2}, new byte[] {1, (byte) 200}));
    arrays.put("codes", Npy.of(ElementType.INT8, new long[] {2}, new byte[] {1, -56}));
    arrays.put("flags", Npy.of(ElementType.BOOL, new long[] {0}, new byte[] {}));
    return arrays;
  }

  @Test
  void readsWhatItWroteInTheOrderItWroteIt() {
    Path file = folder.resolve("new/folder/all.npz");

    Npz.write(file, everyType());

    assertThat(Npz.read(file)).containsExactlyEntriesOf(everyType());
  }

  @Test
  void equalArraysGiveEqualBytes() throws Exception {
    Npz.write(folder.resolve("a.npz"), everyType());
    Npz.write(folder.resolve("b.npz"), everyType());

    assertThat(folder.resolve("a.npz")).hasSameBinaryContentAs(folder.resolve("b.npz"));
    assertThat(Files.list(folder)).as("no temporary file is left").hasSize(2);
  }

  @Test
  void bytesAreTheSameOnEveryMachine() throws Exception {
    Path file = folder.resolve("one.npz");

    Npz.write(file, Map.of("a", Npy.of(new long[] {1}, new float[] {1})));

    assertThat(file)
        .hasDigest("SHA-256", "dfbf66f82e96193a679ba0a7b78996208d44acd95b0d401f52f76f2a1962eb50");
  }

  @ParameterizedTest
  @ValueSource(strings = {"numpy.npz", "numpy-stored.npz"})
  void readsEveryTypeThatNumpyWrites(String name) {
    Map<String, Npy> arrays = Npz.read(fixture(name));

    assertThat(arrays.keySet())
        .containsExactly("f4", "f8", "i4", "i8", "i1", "u1", "b1", "scalar", "empty", "fortran");
    assertThat(arrays.get("f4").floats()).containsExactly(1.5f, -2, 0, Float.POSITIVE_INFINITY);
    assertThat(arrays.get("f4").shape()).containsExactly(2, 2);
    assertThat(arrays.get("f8").doubles()).containsExactly(1e-300, 3);
    assertThat(arrays.get("i4").longs()).containsExactly(-1, Integer.MAX_VALUE);
    assertThat(arrays.get("i8").longs()).containsExactly(Long.MIN_VALUE);
    assertThat(arrays.get("i1").longs()).containsExactly(-128, 127);
    assertThat(arrays.get("u1").longs()).containsExactly(0, 255);
    assertThat(arrays.get("b1").bytes()).containsExactly(1, 0);
    assertThat(arrays.get("scalar").longs()).containsExactly(7);
    assertThat(arrays.get("scalar").shape()).isEmpty();
    assertThat(arrays.get("empty").shape()).containsExactly(0, 3);
  }

  @Test
  void putsFortranOrderIntoCOrder() {
    long[] counted = new long[24];
    for (int i = 0; i < 24; i++) {
      counted[i] = i;
    }

    assertThat(Npz.read(fixture("numpy.npz")).get("fortran").longs()).containsExactly(counted);
  }

  @Test
  void readsVersionTwoHeaders() {
    assertThat(Npz.read(fixture("numpy-version2.npz")).get("a").floats()).containsExactly(1, 2);
  }

  @Test
  void writesHeadersByteForByteAsNumpyDoes() throws Exception {
    Path file = folder.resolve("all.npz");
    Path numpy = fixture("numpy-stored.npz");
    Npz.write(file, Npz.read(numpy));

    try (ZipFile ours = new ZipFile(file.toFile());
        ZipFile theirs = new ZipFile(numpy.toFile())) {
      for (String name : List.of("f4.npy", "scalar.npy", "empty.npy", "b1.npy")) {
        assertThat(ours.getInputStream(ours.getEntry(name)).readAllBytes())
            .as(name)
            .isEqualTo(theirs.getInputStream(theirs.getEntry(name)).readAllBytes());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b", "..\\b", "line\nbreak"})
  void refusesNamesThatArePaths(String name) {
    Map<String, Npy> arrays = Map.of(name, Npy.of(new long[] {1}, new float[] {1}));

    assertThatThrownBy(() -> Npz.write(folder.resolve("x.npz"), arrays))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "an array's name must be 1 to 255 characters without / \\ or control characters,"
                + " found \"%s\"",
            name);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aMissingFileIsNamed() {
    Path file = folder.resolve("none.npz");

    assertThatThrownBy(() -> Npz.read(file))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessage("cannot read %s: expected a file, found nothing there; check the path", file);
    assertThatThrownBy(() -> Npz.read(Path.of("none.npz")))
        .hasMessage(
            "cannot read none.npz: expected a file, found nothing there; check the path, which is looked up from %s",
            Path.of("").toAbsolutePath());
    assertThatThrownBy(() -> Npz.read(folder))
        .hasMessage("cannot read %s: expected a file, found a folder; name a file in it", folder);
  }

  /** A zip archive's checksums cover no names: two arrays of one size could change places. */
  @Test
  void namesThatWereSwappedAreRefused() throws Exception {
    Path file = folder.resolve("two.npz");
    Map<String, Npy> arrays = new LinkedHashMap<>();
    arrays.put("fc1", Npy.of(new long[] {1}, new float[] {1}));
    arrays.put("fc2", Npy.of(new long[] {1}, new float[] {2}));
    Npz.write(file, arrays);
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    String swapped = text.replace("fc1", "fc3").replace("fc2", "fc1").replace("fc3", "fc2");
    Files.writeString(file, swapped, StandardCharsets.ISO_8859_1);

    assertThatThrownBy(() -> Npz.read(file))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessageMatching(
            "cannot read .*two.npz: expected arrays as they were saved, with the digest"
                + " kerf-sha256:[0-9a-f]{12}…, found changed ones, with kerf-sha256:[0-9a-f]{12}…; copy it again from its source, save it again, or, .*");
  }
}
