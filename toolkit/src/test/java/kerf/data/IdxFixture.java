package kerf.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/** Small IDX files made of bytes. */
final class IdxFixture {
  private IdxFixture() {}

  /** An IDX file of unsigned bytes: the sizes in its header, then a payload of any length. */
  static byte[] idx(byte[] payload, int... sizes) {
    return idx(0x08, payload, sizes);
  }

  /** An IDX file of a type. */
  static byte[] idx(int type, byte[] payload, int... sizes) {
    ByteBuffer file = ByteBuffer.allocate(4 + 4 * sizes.length + payload.length);
    file.put((byte) 0).put((byte) 0).put((byte) type).put((byte) sizes.length);
    Arrays.stream(sizes).forEach(file::putInt);
    return file.put(payload).array();
  }

  /** Two images of 2 x 3: the pixels 1 to 12. */
  static byte[] twoImages() {
    return idx(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, 2, 2, 3);
  }

  static byte[] gzip(byte[] plain) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  /**
   * The four files of a dataset: n training images of 2 x 2 and n test images, labels 0, 1, 0...
   */
  static void write(Path folder, int n) throws IOException {
    byte[] pixels = new byte[n * 4];
    byte[] labels = new byte[n];
    for (int i = 0; i < n; i++) {
      Arrays.fill(pixels, i * 4, i * 4 + 4, (byte) i);
      labels[i] = (byte) (i % 2);
    }
    for (String part : new String[] {"train", "t10k"}) {
      Files.write(folder.resolve(part + "-images-idx3-ubyte"), idx(pixels, n, 2, 2));
      Files.write(folder.resolve(part + "-labels-idx1-ubyte.gz"), gzip(idx(labels, n)));
    }
  }
}
