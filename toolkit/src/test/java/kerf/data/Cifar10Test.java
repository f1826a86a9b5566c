package kerf.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Cifar10Test {
  @TempDir Path folder;

  /** Records of images of one color each: red 10 n, green 10 n + 1, blue 10 n + 2, label n. */
  private static byte[] records(int first, int end) {
    byte[] bytes = new byte[(end - first) * 3073];
    for (int n = first; n < end; n++) {
      int at = (n - first) * 3073;
      bytes[at] = (byte) n;
      for (int channel = 0; channel < 3; channel++) {
        int from = at + 1 + channel * 1024;
        Arrays.fill(bytes, from, from + 1024, (byte) (10 * n + channel));
      }
    }
    return bytes;
  }

  private Path write(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  private void part() throws IOException {
    write("data_batch_1.bin.gz", IdxFixture.gzip(records(0, 6)));
    write("data_batch_2.bin", records(6, 10));
    write("test_batch.bin", records(3, 5));
  }

  @Test
  void readsColorsChannelByChannel() throws IOException {
    part();
    Dataset data = Datasets.cifar10(folder).validation(0, 0);
    assertThat(data.inputShape()).containsExactly(3, 32, 32);
    assertThat(data.classes()).isEqualTo(10);
    assertThat(data.train().labels()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    assertThat(data.test().labels()).containsExactly(3, 4);
    float[] inputs = data.test().inputs();
    assertThat(inputs).hasSize(2 * 3072);
    assertThat(new float[] {inputs[0], inputs[1023], inputs[1024], inputs[2048], inputs[3072]})
        .containsExactly(30 / 255f, 30 / 255f, 31 / 255f, 32 / 255f, 40 / 255f);
    assertThat(data.test()).hasToString(data.name() + " test: 2 images of 3 x 32 x 32, 10 classes");
  }

  @Test
  void isNamedByItsContents() throws IOException {
    part();
    String name = Datasets.cifar10(folder).name();
    assertThat(name).matches("cifar10-part-[0-9a-f]{8}");
    assertThat(Datasets.cifar10(folder)).isEqualTo(Datasets.cifar10(folder));
    byte[] other = records(6, 10);
    other[5]++;
    write("data_batch_2.bin", other);
    assertThat(Datasets.cifar10(folder).name()).isNotEqualTo(name);
    for (int batch = 3; batch <= 5; batch++) {
      write("data_batch_" + batch + ".bin", records(0, 2));
    }
    assertThat(Datasets.cifar10(folder).name()).matches("cifar10-[0-9a-f]{8}");
  }

  @Test
  void looksIntoTheFolderTheArchiveUnpacksTo() throws IOException {
    part();
    Path inner = Files.createDirectory(folder.resolve("cifar-10-batches-bin"));
    for (String file : new String[] {"data_batch_1.bin.gz", "test_batch.bin"}) {
      Files.move(folder.resolve(file), inner.resolve(file));
    }
    assertThat(Datasets.cifar10(folder).validation(0, 0).train().size()).isEqualTo(6);
  }

  @Test
  void picturesAreLuma() throws IOException {
    part();
    float[][] picture = Datasets.cifar10(folder).test().image(1);
    assertThat(picture).hasNumberOfRows(32);
    // 0.299 · 40 + 0.587 · 41 + 0.114 · 42 = 40.815
    assertThat(picture[31][31]).isCloseTo(40.815f / 255, within(1e-6f));
  }

  @Test
  void channelsAreStandardizedApart() throws IOException {
    write("data_batch_1.bin", records(0, 3));
    write("test_batch.bin", records(1, 2));
    Dataset data = Datasets.cifar10(folder).validation(0, 0).standardized();
    // red 0, 10, 20: mean 10 / 255, deviation sqrt(200 / 3) / 255; green and blue one and two more
    assertThat(data.normalization())
        .hasToString("standardized(0.0392/0.032, 0.0431/0.032, 0.0471/0.032)");
    assertThat(data.toString()).endsWith("seed=0, " + data.normalization() + ")");
    float[] inputs = data.test().inputs();
    assertThat(inputs[0]).isEqualTo((10 / 255f - 0.0392f) / 0.032f);
    assertThat(inputs[1024]).isEqualTo((11 / 255f - 0.0431f) / 0.032f);
    assertThat(Datasets.digits().standardized().normalization().toString())
        .matches("standardized\\(0\\.30\\d+, 0\\.37\\d+\\)");
  }

  @Test
  void normalizationsOfOtherImagesAreRefused() {
    Dataset grey = Datasets.digits();
    Normalization color =
        Normalization.standardized(
            new double[] {0.4914, 0.4822, 0.4465}, new double[] {0.247, 0.2435, 0.2616});
    assertThatThrownBy(() -> grey.normalization(color))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "standardized(0.4914/0.247, 0.4822/0.2435, 0.4465/0.2616) is for images of 3 channels,"
                + " found 1");
    assertThatThrownBy(() -> Normalization.standardized(new double[2], new double[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a normalization needs a mean and a deviation for each channel, found 2 and 3");
  }

  private void assertRefused(String file, String finding) {
    assertThatThrownBy(() -> Datasets.cifar10(folder))
        .isInstanceOf(DataFileException.class)
        .hasMessage(folder.resolve(file) + ": " + finding);
  }

  @Test
  void missingFilesSayWhereToGetThem() throws IOException {
    String missing =
        "expected this file, plain or with .gz, found neither; the folder must hold"
            + " data_batch_1.bin to data_batch_5.bin and test_batch.bin of CIFAR-10's binary"
            + " version, https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz";
    assertRefused("data_batch_1.bin", missing);
    write("data_batch_1.bin", records(0, 1));
    assertRefused("test_batch.bin", missing);
    write("data_batch_3.bin", records(0, 1));
    assertRefused("data_batch_2.bin", missing);
    write("data_batch_1", new byte[] {1});
    assertRefused(
        "data_batch_1",
        "expected CIFAR-10's binary version, found the Python version; get"
            + " https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz");
  }

  @Test
  void damagedFilesAreNamed() throws IOException {
    write("test_batch.bin", records(0, 1));
    write("data_batch_1.bin", Arrays.copyOf(records(0, 2), 3073 + 10));
    assertRefused(
        "data_batch_1.bin",
        "expected whole records of 3073 bytes, found 1 of them and 10 bytes; the file is cut short,"
            + " or another format; copy it again from its source");
    byte[] wrong = records(0, 2);
    wrong[3073] = 77;
    write("data_batch_1.bin", wrong);
    assertRefused(
        "data_batch_1.bin",
        "expected labels 0 to 9, found 77 in record 1; this is another format, or damaged: copy it again from its source");
    write("data_batch_1.bin", IdxFixture.gzip(new byte[10_001 * 3073]));
    assertRefused(
        "data_batch_1.bin",
        "expected at most 10000 records of 3073 bytes, found more; this is another format");
    write("data_batch_1.bin", IdxFixture.gzip(new byte[0]));
    assertRefused(
        "data_batch_1.bin",
        "expected records of 3073 bytes, found none; copy it again from its source");
    byte[] packed = IdxFixture.gzip(records(0, 2));
    write("data_batch_1.bin", Arrays.copyOf(packed, packed.length / 2));
    assertRefused(
        "data_batch_1.bin",
        "expected a whole gzip stream, found one that is cut short; copy it again from its source");
    write("data_batch_1.bin", new byte[0]);
    assertRefused(
        "data_batch_1.bin", "expected data, found an empty file; copy it again from its source");
  }

  @Property
  void anyDamageIsReadOrRefused(
      @ForAll boolean packed,
      @ForAll @IntRange(min = 1, max = 7000) int length,
      @ForAll @Size(max = 4) int[] places,
      @ForAll byte value) {
    byte[] sound = packed ? IdxFixture.gzip(records(0, 2)) : records(0, 2);
    byte[] bytes = Arrays.copyOf(sound, Math.min(length, sound.length));
    for (int place : places) {
      bytes[Math.floorMod(place, bytes.length)] = value;
    }
    ByteArrayOutputStream pixels = new ByteArrayOutputStream();
    ByteArrayOutputStream labels = new ByteArrayOutputStream();
    try {
      Cifar10.read(new DataFile("file", bytes), pixels, labels);
      assertThat(pixels.size()).isEqualTo(3072 * labels.size());
    } catch (DataFileException e) {
      assertThat(e).hasMessageStartingWith("file: expected ");
    }
  }
}
