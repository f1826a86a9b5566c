package kerf.coding;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** What gzip makes of bytes, at its best. */
public final class Gzip {
  private Gzip() {}

  /**
   * Counts the bytes after gzip.
   *
   * @param bytes any
   * @return how many there are afterwards
   */
  public static long bytes(byte... bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out =
        new GZIPOutputStream(packed) {
          {
            def.setLevel(Deflater.BEST_COMPRESSION);
          }
        }) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.size();
  }
}
