package kerf.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import kerf.storage.AtomicFile;
import kerf.storage.InputFile;
import kerf.storage.UnreadableFileException;

/**
 * The text of a CSV file, and its digest in a file beside it: {@code points.csv.sha256}, as {@code
 * sha256sum} writes and checks it. In the CSV itself it would be a row to every other reader.
 */
final class CsvFile {
  /** Bytes that a text takes at most while it is taken apart, by its own. */
  private static final int COPIES = 12;

  private CsvFile() {}

  static void write(Path file, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Path beside = beside(file);
    try {
      // First: a crash in between leaves a file without a digest, never one with another's.
      Files.deleteIfExists(beside);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write %s: %s".formatted(beside, e), e);
    }
    AtomicFile.write(file, out -> out.write(bytes));
    String line = "%s  %s\n".formatted(sha256(bytes), file.getFileName());
    AtomicFile.write(beside, out -> out.write(line.getBytes(StandardCharsets.UTF_8)));
  }

  static String read(Path file) {
    InputFile.requireMemory(file, "lines", COPIES * InputFile.length(file));
    Path beside = beside(file);
    try {
      byte[] bytes = Files.readAllBytes(file);
      if (Files.exists(beside) && InputFile.length(beside) < 10_000) {
        String line = new String(Files.readAllBytes(beside), StandardCharsets.ISO_8859_1);
        if (!line.startsWith(sha256(bytes) + " ")) {
          throw new UnreadableFileException(
              file,
              "the bytes whose SHA-256 is in " + beside.getFileName(),
              "others",
              "save the table again, or, if you changed it on purpose, delete " + beside);
        }
      }
      return text(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read %s: %s".formatted(file, e), e);
    }
  }

  private static Path beside(Path file) {
    return file.resolveSibling(file.getFileName() + ".sha256");
  }

  private static String text(Path file, byte... bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(in, out, true);
    if (result.isError()) {
      int line = 1;
      for (int i = 0; i < in.position(); i++) {
        line += bytes[i] == '\n' ? 1 : 0;
      }
      throw new UnreadableFileException(
          file,
          "text in UTF-8",
          "the byte 0x%02x in line %d".formatted(bytes[in.position()], line),
          "save the table again, or the file as UTF-8");
    }
    return out.flip().toString();
  }

  private static String sha256(byte... bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
