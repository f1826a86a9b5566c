package kerf.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged data are what their READMEs say, and a user's folder is read or refused. */
class DatasetsTest {
  @TempDir Path folder;

  @Test
  void mnist() {
    Dataset mnist = Datasets.mnist().validation(0, 0);
    assertThat(mnist.inputShape()).containsExactly(1, 28, 28);
    assertThat(mnist.classes()).isEqualTo(10);
    assertThat(mnist.train().first(5).labels()).containsExactly(5, 0, 4, 1, 9);
    assertThat(mnist.test().first(5).labels()).containsExactly(7, 2, 1, 0, 4);
    assertThat(mnist.train().labelCounts())
        .containsExactly(5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949);
    assertThat(mnist.test().labelCounts())
        .containsExactly(980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009);
    assertMoments(mnist.train(), 0.1307, 0.3081);
  }

  @Test
  void fashionMnist() {
    Dataset fashion = Datasets.fashionMnist().validation(0, 0);
    assertThat(fashion.inputShape()).containsExactly(1, 28, 28);
    assertThat(fashion.train().first(5).labels()).containsExactly(9, 0, 0, 3, 0);
    assertThat(fashion.test().first(5).labels()).containsExactly(9, 2, 1, 1, 6);
    assertThat(fashion.train().labelCounts()).containsOnly(6_000);
    assertThat(fashion.test().labelCounts()).containsOnly(1_000);
    assertMoments(fashion.train(), 0.2860, 0.3530);
  }

  @Test
  void digits() {
    Dataset digits = Datasets.digits().validation(0, 0);
    assertThat(digits.inputShape()).containsExactly(1, 8, 8);
    assertThat(digits.train().first(5).labels()).containsExactly(0, 1, 2, 3, 4);
    assertThat(digits.test().first(5).labels()).containsExactly(3, 7, 3, 3, 4);
    assertThat(digits.train().labelCounts())
        .containsExactly(135, 136, 134, 136, 133, 137, 134, 134, 133, 135);
    assertThat(digits.test().labelCounts()).containsExactly(43, 46, 43, 47, 48, 45, 47, 45, 41, 45);
  }

  @Test
  void tinyShakespeare() {
    Dataset text = Datasets.tinyShakespeare(64).validation(0, 0);
    assertThat(text.inputShape()).containsExactly(1, 1, 64);
    assertThat(text.classes()).isEqualTo(65);
    assertThat(text.train().size()).isEqualTo(1_003_854 / 64);
    assertThat(text.test().size()).isEqualTo((1_115_394 - 1_003_854 - 1) / 64);
    // "First Citizen:\n": line break 0, blank 1, colon 10, capitals from 13, small letters from 39.
    float[] start = text.train().first(1).inputs();
    assertThat(Arrays.copyOf(start, 15))
        .containsExactly(18, 47, 56, 57, 58, 1, 15, 47, 58, 47, 64, 43, 52, 10, 0);
    // A window's label is where the next one begins.
    assertThat(text.train().first(2).inputs()[64]).isEqualTo(text.train().label(0));
    assertThat(text.test().toString())
        .isEqualTo("tinyshakespeare-64 test: 1742 windows of 64, 65 classes");
    assertThat(text.toString()).isEqualTo("tinyshakespeare-64(validation=0, seed=0, unitRange)");
    assertThatThrownBy(() -> Datasets.tinyShakespeare(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("windows of tinyshakespeare must have 2 to 111,539 characters, found 1");
  }

  private static void assertMoments(Samples samples, double mean, double deviation) {
    double sum = 0;
    double squares = 0;
    float[] pixels = samples.inputs();
    for (float pixel : pixels) {
      sum += pixel;
      squares += pixel * pixel;
    }
    double found = sum / pixels.length;
    assertThat(found).isCloseTo(mean, within(5e-5));
    assertThat(Math.sqrt(squares / pixels.length - found * found))
        .isCloseTo(deviation, within(5e-5));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mnist", "fashion-mnist", "uci-digits", "tinyshakespeare"})
  void packagedFilesMatchTheirChecksums(String name) throws Exception {
    String root = "/kerf/datasets/" + name + "/";
    String sums = new String(bytes(root + "SHA256SUMS"), StandardCharsets.US_ASCII);
    assertThat(sums).contains(".gz");
    for (String line : sums.lines().toList()) {
      String[] words = line.split("  ");
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes(root + words[1]));
      assertThat(HexFormat.of().formatHex(digest)).as(words[1]).isEqualTo(words[0]);
    }
  }

  private static byte[] bytes(String entry) throws Exception {
    try (InputStream in = DatasetsTest.class.getResourceAsStream(entry)) {
      return in.readAllBytes();
    }
  }

  @Test
  void sourcesAreSharedByTheJvm() {
    Dataset one = Datasets.digits();
    // So are the samples: what was normalized or measured for one cell serves the next.
    assertThat(Datasets.digits()).isSameAs(one);
    assertThat(Datasets.digits().test()).isSameAs(one.test());
    assertThat(Datasets.digits().train().inputs()).containsExactly(one.train().inputs());
  }

  @Test
  void ownFolderIsReadPlainOrPacked() throws Exception {
    IdxFixture.write(folder, 24);
    Dataset own = Datasets.mnist(folder);
    assertThat(own.toString()).matches("idx-[0-9a-f]{8}\\(validation=2, seed=0, unitRange\\)");
    assertThat(own.train().size()).isEqualTo(22);
    assertThat(own.inputShape()).containsExactly(1, 2, 2);
    assertThat(own.test().first(2).inputs())
        .containsExactly(0, 0, 0, 0, 1 / 255f, 1 / 255f, 1 / 255f, 1 / 255f);
  }

  @Test
  void ownFolderIsNamedByItsContents(@TempDir Path copy, @TempDir Path other) throws Exception {
    IdxFixture.write(folder, 24);
    IdxFixture.write(copy, 24);
    IdxFixture.write(other, 25);
    Dataset own = Datasets.idx(folder, 2);
    assertThat(own).isEqualTo(Datasets.idx(copy, 2));
    assertThat(own.name()).isNotEqualTo(Datasets.idx(folder, 3).name());
    assertThat(own.name()).isNotEqualTo(Datasets.idx(other, 2).name());
  }

  @Test
  void missingFileOfAFolder() {
    assertThatThrownBy(() -> Datasets.mnist(folder))
        .isInstanceOf(DataFileException.class)
        .hasMessage(
            folder.resolve("train-images-idx3-ubyte")
                + ": expected this file, plain or with .gz, found neither; the folder must hold"
                + " train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte and"
                + " t10k-labels-idx1-ubyte");
  }

  @Test
  void fewerLabelsThanImages() throws Exception {
    IdxFixture.write(folder, 3);
    Path labels = folder.resolve("train-labels-idx1-ubyte.gz");
    Files.write(labels, IdxFixture.idx(new byte[2], 2));
    fails(
        labels
            + ": expected 3 labels, one for each image of "
            + folder.resolve("train-images-idx3-ubyte")
            + ", found 2; take both from the same source");
  }

  @Test
  void labelThatIsNoClass() throws Exception {
    IdxFixture.write(folder, 3);
    Path labels = folder.resolve("t10k-labels-idx1-ubyte.gz");
    Files.write(labels, IdxFixture.idx(new byte[] {1, 9, (byte) 255}, 3));
    fails(
        labels
            + ": expected labels 0 to 9, found 255 at position 2; say how many classes there are, as in idx(folder, 256), or copy it again from its source");
    assertThatThrownBy(() -> Datasets.idx(folder, 2))
        .hasMessageStartingWith(labels + ": expected labels 0 to 1, found 9 at position 1; ");
    assertThat(Datasets.idx(folder, 256).test().labels()).containsExactly(1, 9, 255);
  }

  @Test
  void testImagesOfAnotherSize() throws Exception {
    IdxFixture.write(folder, 3);
    Path images = folder.resolve("t10k-images-idx3-ubyte");
    Files.write(images, IdxFixture.idx(new byte[12], 3, 4, 1));
    fails(
        images
            + ": expected images of 2 x 2 as in the training images, found 4 x 1; take both from the same source");
  }

  @Test
  void wrongNumberOfClasses() {
    for (int classes : new int[] {0, 257}) {
      assertThatThrownBy(() -> Datasets.idx(folder, classes))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("classes must be 1 to 256, found " + classes);
    }
  }

  private void fails(String message) {
    assertThatThrownBy(() -> Datasets.mnist(folder))
        .isInstanceOf(DataFileException.class)
        .hasMessage(message);
  }
}
