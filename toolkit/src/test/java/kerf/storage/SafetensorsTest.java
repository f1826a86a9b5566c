package kerf.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerf.random.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsTest {
  @TempDir Path folder;

  /** Written by safetensors 0.8 and PyTorch 2.13: see the README beside it. */
  private static Path torch() {
    return NpzTest.fixture("torch.safetensors");
  }

  @Test
  void whatPyTorchWroteIsRead() {
    Map<String, Npy> arrays = Safetensors.read(torch());
    assertThat(arrays).hasSize(10);
    assertThat(arrays.get("f32").shape()).containsExactly(2, 2);
    assertThat(arrays.get("f32").floats()).containsExactly(1.5f, -2, 0, 3.25f);
    assertThat(arrays.get("f64").doubles()).containsExactly(0.1, -1e300);
    assertThat(arrays.get("f16").floats()).containsExactly(0.33325195f, 65504, 0x1p-24f, -0.5f);
    assertThat(arrays.get("bf16").floats()).containsExactly(0.33398438f, 3.0040553e38f, -2);
    assertThat(arrays.get("i64").longs()).containsExactly(1L << 40, -1);
    assertThat(arrays.get("i32").longs()).containsExactly(7, -7);
    assertThat(arrays.get("i8").longs()).containsExactly(-128, 127);
    assertThat(arrays.get("u8").longs()).containsExactly(255, 0);
    assertThat(arrays.get("bool").longs()).containsExactly(1, 0);
    assertThat(arrays.get("scalar").shape()).isEmpty();
    assertThat(arrays.get("scalar").floats()).containsExactly(4);
  }

  @Test
  void whatIsWrittenIsReadBack() {
    Map<String, Npy> arrays = new LinkedHashMap<>();
    Safetensors.read(torch()).forEach(arrays::put);
    arrays.put("a \"quoted\" name / with a slash", Npy.of(new long[] {1}, new float[] {1}));
    Path file = folder.resolve("ours.safetensors");
    Safetensors.write(file, arrays);
    assertThat(Safetensors.read(file)).isEqualTo(arrays);
    assertThatThrownBy(() -> Safetensors.write(file, Map.of("__metadata__", arrays.get("f32"))))
        .hasMessage("an array must not be called __metadata__, a name the format keeps for itself");
  }

  @Test
  void aTypeThatIsNotReadIsNamed() {
    Path file = NpzTest.fixture("torch-int16.safetensors");
    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessage(
            "cannot read %s: expected one of the types [F32, F64, I64, I32, I8, U8, BOOL, F16, BF16] for x, found I16; convert the tensor before saving it, as PyTorch does by tensor.float()"
                .formatted(file));
  }

  @Test
  void damageIsNamed() throws IOException {
    refuses(new byte[3], "the 8 bytes that hold the header's length, found 3 bytes");
    refuses(
        file(Long.MAX_VALUE, "{}", 0),
        "a header of 2 to 100,000,000 bytes within the file, found a length of 9,223,372,036,854,775,807 in a file of 10 bytes");
    refuses(
        file("{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", 4),
        "8 bytes of arrays behind the header, found 4");
    refuses(
        file("{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}", 4),
        "8 bytes for x of F32 [2], found bytes 0 to 4");
    refuses(
        file("{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}", 8),
        "x to begin at byte 0 behind the header, found 4");
    refuses(
        file("{\"x\":{\"dtype\":\"F32\",\"shape\":[1]}}", 8),
        "dtype, shape and two data_offsets of x, found less");
    refuses(file("{\"x\":[", 0), "a header of JSON objects with dtype, shape and data_offsets,");
    refuses(file("[[[[", 0), "a header of JSON objects with dtype, shape and data_offsets,");
    refuses(
        file("{}{}", 0),
        "a header of JSON objects with dtype, shape and data_offsets, found damage: no JSON at line 1 column 4 path $");
    refuses(
        file(
            "{\"x\":{\"dtype\":\"U8\",\"shape\":[2147483647,2147483647],\"data_offsets\":[0,1]}}",
            1),
        "at most 2,147,483,647 elements of x, found shape [2147483647, 2147483647]");
  }

  @Test
  void twoThousandDamagedFilesAreReadOrRefused() throws IOException {
    byte[] whole = Files.readAllBytes(torch());
    RandomStream stream = RandomStream.of(1, "damage");
    Path file = folder.resolve("damaged.safetensors");
    int refused = 0;
    for (int i = 0; i < 2_000; i++) {
      byte[] bytes = whole.clone();
      RandomStream own = stream.split(Integer.toString(i));
      float[] dice = own.uniforms(12, 0, 1);
      for (int k = 0; k < 1 + (int) (dice[0] * 4); k++) {
        bytes[(int) (dice[1 + k] * bytes.length)] = (byte) (256 * dice[6 + k]);
      }
      if (dice[11] < 0.2) {
        bytes = Arrays.copyOf(bytes, (int) (dice[10] * bytes.length));
      }
      Files.write(file, bytes);
      try {
        assertThat(Safetensors.read(file)).isNotNull();
      } catch (UnreadableFileException e) {
        assertThat(e).hasMessageContaining("expected");
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(500);
  }

  /** Every bit of a file: names, types, shapes, offsets, numbers and the digest itself. */
  @Test
  void noFlippedBitIsReadAsOtherArrays() throws IOException {
    Path file = folder.resolve("sealed.safetensors");
    Map<String, Npy> arrays = new LinkedHashMap<>();
    arrays.put("a", Npy.of(new long[] {2, 1}, new float[] {1, 2}));
    arrays.put("b", Npy.of(new long[] {1, 2}, new float[] {3, 4}));
    Safetensors.write(file, arrays);
    byte[] whole = Files.readAllBytes(file);
    int refused = 0;
    for (int bit = 0; bit < 8 * whole.length; bit++) {
      byte[] bytes = whole.clone();
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(file, bytes);
      try {
        assertThat(Safetensors.read(file)).as("bit %d", bit).isEqualTo(arrays);
      } catch (UnreadableFileException e) {
        refused++;
      }
    }
    // What is left are blanks of the header that become other blanks.
    assertThat(refused).isGreaterThan(8 * whole.length - 64);
  }

  /**
   * Computed apart: SHA-256 of the number of arrays, the name, the type {@code <f4}, the number of
   * axes, the axis and the element as it is stored; a number is 8 big-endian bytes, a text has its
   * length before it.
   */
  @Test
  void theDigestIsOneThatOthersCanCompute() throws IOException {
    Path file = folder.resolve("one.safetensors");
    Safetensors.write(file, Map.of("a", Npy.of(new long[] {1}, new float[] {1})));
    assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
        .contains(
            "{\"__metadata__\":{\"kerf.digest\":\"kerf-sha256:92d8b9b3df3417c73c6d431501185950ea36b6ecb8732c07ab66b9a8520b4818\"},");
  }

  @Test
  void anArrayThatWasChangedIsRefusedAndOneWithoutDigestIsRead() throws IOException {
    Path file = folder.resolve("changed.safetensors");
    Safetensors.write(file, Map.of("a", Npy.of(new long[] {1}, new float[] {1})));
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    Files.writeString(file, text.replace("\"a\":", "\"b\":"), StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessageMatching(
            "cannot read .*changed.safetensors: expected arrays as they were saved, with the digest kerf-sha256:[0-9a-f]{12}…, found changed ones, with kerf-sha256:[0-9a-f]{12}…; copy it again .*");
    // What was the digest is one still, whatever became of its key or its beginning.
    for (String damage :
        List.of(
            "some.digest\":\"kerf-sha256:",
            "kerf.tigest\":\"kerf-sha356:",
            "aerf.digest\":\"aerf-sha256:")) {
      Files.writeString(
          file,
          text.replace("\"a\":", "\"b\":").replace("kerf.digest\":\"kerf-sha256:", damage),
          StandardCharsets.ISO_8859_1);
      assertThatThrownBy(() -> Safetensors.read(file))
          .isInstanceOf(UnreadableFileException.class)
          .hasMessageMatching("cannot read .*: expected .*digest.*");
    }
    byte[] foreign =
        file(
            "{\"__metadata__\":{\"format\":\"pt\"},\"x\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}}",
            1);
    Files.write(file, foreign);
    assertThat(Safetensors.read(file)).containsOnlyKeys("x");
  }

  private void refuses(byte[] bytes, String message) throws IOException {
    Path file = Files.write(folder.resolve("damaged.safetensors"), bytes);
    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessageStartingWith("cannot read %s: expected %s".formatted(file, message));
  }

  private static byte[] file(String header, int data) {
    return file(header.getBytes(StandardCharsets.UTF_8).length, header, data);
  }

  private static byte[] file(long length, String header, int data) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + text.length + data)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(length)
        .put(text)
        .array();
  }
}
