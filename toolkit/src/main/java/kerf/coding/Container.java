package kerf.coding;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import kerf.storage.UnreadableFileException;

/**
 * Parts of bytes in one file: the letters {@code KERF}, the version (1 byte), the number of parts
 * (2) and the checksum of these; then each part's length (4), its bytes, and the checksum (4) of
 * its number, its length and its bytes. Checksums are CRC-32, numbers little-endian.
 */
final class Container {
  private static final byte[] MAGIC = {'K', 'E', 'R', 'F'};
  private static final byte VERSION = 1;
  private static final int HEADER = MAGIC.length + 1 + 2 + 4;

  /** What each part takes besides its bytes. */
  static final int FRAME = 8;

  private Container() {}

  static byte[] bytes(List<byte[]> parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteBuffer header = buffer(HEADER).put(MAGIC).put(VERSION).putShort((short) parts.size());
    out.writeBytes(header.putInt(checksum(header.array(), HEADER - 4)).array());
    for (int i = 0; i < parts.size(); i++) {
      byte[] part = parts.get(i);
      out.writeBytes(buffer(4).putInt(part.length).array());
      out.writeBytes(part);
      out.writeBytes(buffer(4).putInt(checksum(i, part)).array());
    }
    return out.toByteArray();
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32 sum = new CRC32();
    sum.update(bytes, 0, length);
    return (int) sum.getValue();
  }

  private static int checksum(int number, byte... part) {
    CRC32 sum = new CRC32();
    sum.update(buffer(8).putInt(number).putInt(part.length).array());
    sum.update(part);
    return (int) sum.getValue();
  }

  /** The parts of a file; a part that is damaged is refused by its number. */
  static List<byte[]> parts(Path file, byte... bytes) {
    if (bytes.length < HEADER || !Arrays.equals(MAGIC, Arrays.copyOf(bytes, MAGIC.length))) {
      throw new UnreadableFileException(
          file,
          "an encoded network, which begins with KERF",
          "%,d bytes that are none".formatted(bytes.length),
          "write one with encode(network).save(\"net.kerf\"); other files are read by lenet5().load(file)");
    }
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(MAGIC.length);
    byte version = in.get();
    int count = in.getShort() & 0xffff;
    require(file, "the header", in.getInt(), checksum(bytes, HEADER - 4));
    if (version != VERSION) {
      throw new UnreadableFileException(
          file, "version " + VERSION, "version " + version, "read it with the Kerf that wrote it");
    }
    List<byte[]> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String place = "part %d of %d".formatted(i + 1, count);
      int length = in.remaining() < FRAME ? -1 : in.getInt();
      if (length < 0 || length > in.remaining() - 4) {
        throw new UnreadableFileException(
            file, place + " whole", "%,d bytes left".formatted(in.remaining()));
      }
      byte[] part = new byte[length];
      in.get(part);
      require(file, place, in.getInt(), checksum(i, part));
      parts.add(part);
    }
    if (in.hasRemaining()) {
      throw new UnreadableFileException(
          file,
          "the end behind %d parts".formatted(count),
          "%,d bytes more".formatted(in.remaining()));
    }
    return parts;
  }

  private static void require(Path file, String place, int written, int found) {
    if (written != found) {
      throw new UnreadableFileException(
          file,
          "%s with checksum %08x".formatted(place, written),
          "bytes with checksum %08x".formatted(found));
    }
  }
}
