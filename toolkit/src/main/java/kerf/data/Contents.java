package kerf.data;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/**
 * The contents of a data file, read from front to back, that tells a stream that was cut short from
 * one that was altered and from one that goes on after its end.
 */
final class Contents {
  /** Deflate codes at most 258 bytes in 2 bits: nothing unpacks to more than this many times. */
  private static final long LARGEST_RATIO = 1032;

  private final String name;
  private final long stored;
  private final Gzip gzip;
  private final InputStream in;

  /**
   * The contents of stored bytes.
   *
   * @param name the file's name in errors
   * @param bytes the bytes as stored, plain or gzip
   */
  Contents(String name, byte[] bytes) {
    this.name = name;
    this.stored = bytes.length;
    boolean packed = bytes.length > 1 && bytes[0] == 0x1f && bytes[1] == (byte) 0x8b;
    try {
      this.gzip = packed ? new Gzip(bytes) : null;
    } catch (IOException e) {
      throw damaged(e);
    }
    this.in = packed ? gzip : new ByteArrayInputStream(bytes);
  }

  /**
   * The most bytes these contents can have, known before any is unpacked.
   *
   * @return an upper bound
   */
  long most() {
    return gzip == null ? stored : stored * LARGEST_RATIO;
  }

  /**
   * Reads on until an array is full or the contents end.
   *
   * @param target what to fill from its beginning
   * @return how many bytes were read
   * @throws DataFileException if the gzip stream was altered or cut short
   */
  int read(byte[] target) {
    int count = 0;
    try {
      while (count < target.length) {
        int more = in.read(target, count, target.length - count);
        if (more < 0) {
          break;
        }
        count += more;
      }
      return count;
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  /**
   * Reads on; memory grows with the bytes that really come.
   *
   * @param length how many bytes are wanted
   * @return so many, or fewer if the contents end before
   * @throws DataFileException if the gzip stream was altered or cut short
   */
  byte[] read(int length) {
    try {
      return in.readNBytes(length);
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  /**
   * Reads to the end, where the checksum of a gzip stream is compared.
   *
   * @return how many bytes were left
   * @throws DataFileException if the gzip stream was altered, has no end, or is followed by bytes
   *     that are no part of it
   */
  long drain() {
    byte[] rest = new byte[8192];
    long count = 0;
    try {
      for (int more = in.read(rest); more >= 0; more = in.read(rest)) {
        count += more;
      }
    } catch (IOException e) {
      throw damaged(e);
    }
    if (gzip != null && gzip.surplus() > 0) {
      throw new DataFileException(
          name,
          "expected the file to end with its gzip stream, found "
              + gzip.surplus()
              + " bytes after it; copy it again from its source");
    }
    return count;
  }

  private DataFileException damaged(IOException cause) {
    String finding =
        cause instanceof EOFException
            ? "expected a whole gzip stream, found one that is cut short"
            : "expected a sound gzip stream, found one that does not match its own checksum or"
                + " format";
    return new DataFileException(name, finding + "; copy it again from its source", cause);
  }

  /** A gzip stream that has its whole file in one buffer, and so knows what lies after its end. */
  private static final class Gzip extends GZIPInputStream {
    private static final int TRAILER = 8;

    Gzip(byte[] bytes) throws IOException {
      super(new ByteArrayInputStream(bytes), bytes.length);
    }

    int surplus() {
      return inf.getRemaining() - TRAILER;
    }
  }
}
