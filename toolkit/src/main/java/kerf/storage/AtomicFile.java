package kerf.storage;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Writes a file so that a reader, or the next run after a crash, finds either the old content or
 * the whole new one, never a part.
 */
public final class AtomicFile {
  /** As many as Linux follows. */
  private static final int MOST_LINKS = 40;

  private AtomicFile() {}

  /** What a file is to hold. */
  @FunctionalInterface
  public interface Content {
    /**
     * Writes the whole content.
     *
     * @param out where to; buffered, and closed by the caller
     * @throws IOException if the stream fails
     */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a file through a temporary neighbour, which is forced to the disk and then renamed.
   * Missing folders are made. Other than a temporary file of Java's it has the mode that the user's
   * umask gives to new files.
   *
   * @param file the file to make or to replace; of a symbolic link, what it points to
   * @param content what it is to hold
   * @throws IllegalArgumentException if the name is empty, or that of a folder
   * @throws UncheckedIOException if the disk refuses; {@code file} is then as it was
   */
  public static void write(Path file, Content content) {
    requireName(file);
    try {
      Path target = target(file.toAbsolutePath());
      Path folder = target.getParent();
      Path draft = folder.resolve(".%s-%s.tmp".formatted(target.getFileName(), UUID.randomUUID()));
      Files.createDirectories(folder);
      try {
        writeAndForce(draft, content);
        Files.move(
            draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(draft);
      }
      force(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write %s: %s".formatted(file, e), e);
    }
  }

  /**
   * Refuses a place where no file can be, before what is to be in it is computed.
   *
   * @param file the file to make or to replace
   * @throws IllegalArgumentException if the name is empty, or that of a folder
   */
  public static void requireName(Path file) {
    if (file.toString().isEmpty()) {
      throw new IllegalArgumentException(
          "cannot write a file without a name, found an empty one; name it, with its folder if it has one");
    }
    if (Files.isDirectory(file)) {
      throw new IllegalArgumentException(
          "cannot write %s: expected a file, found a folder; name a file in it".formatted(file));
    }
  }

  /**
   * Follows links, also to what is not there yet: a rename would put a file in the link's place.
   */
  private static Path target(Path file) throws IOException {
    Path target = file;
    for (int links = 0; Files.isSymbolicLink(target); links++) {
      if (links == MOST_LINKS) {
        throw new FileSystemLoopException(file.toString());
      }
      target = target.resolveSibling(Files.readSymbolicLink(target));
    }
    return target;
  }

  private static void writeAndForce(Path draft, Content content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
      content.writeTo(out);
      out.flush();
      channel.force(true);
    }
  }

  /** Makes the rename itself last; systems that cannot open a folder order renames themselves. */
  private static void force(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      return;
    }
  }
}
