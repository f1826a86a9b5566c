package kerf.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import kerf.random.RandomStream;
import kerf.storage.UnreadableFileException;

/** A format put together of functions; a valid file is written once for each seed. */
public final class FileFormat implements Format {
  private final String name;
  private final String suffix;
  private final Writer writer;
  private final Function<Path, Object> reader;
  private final Class<? extends RuntimeException> refusal;
  private final BiFunction<byte[], RandomStream, Optional<Edited>> editor;
  private final boolean sealed;
  private final Map<Long, byte[]> written = new ConcurrentHashMap<>();

  /** Writes the valid file of a seed. */
  @FunctionalInterface
  public interface Writer {
    void write(Path file, long seed) throws IOException;
  }

  private FileFormat(
      String name,
      String suffix,
      Writer writer,
      Function<Path, Object> reader,
      Class<? extends RuntimeException> refusal,
      BiFunction<byte[], RandomStream, Optional<Edited>> editor,
      boolean sealed) {
    this.name = name;
    this.suffix = suffix;
    this.writer = writer;
    this.reader = reader;
    this.refusal = refusal;
    this.editor = editor;
    this.sealed = sealed;
  }

  /** A format without a digest and without edits of its own, refused as unreadable. */
  public static FileFormat of(
      String name, String suffix, Writer writer, Function<Path, Object> reader) {
    return new FileFormat(
        name,
        suffix,
        writer,
        reader,
        UnreadableFileException.class,
        (bytes, random) -> Optional.empty(),
        false);
  }

  public FileFormat refusedBy(Class<? extends RuntimeException> other) {
    return new FileFormat(name, suffix, writer, reader, other, editor, sealed);
  }

  public FileFormat editedBy(BiFunction<byte[], RandomStream, Optional<Edited>> other) {
    return new FileFormat(name, suffix, writer, reader, refusal, other, sealed);
  }

  public FileFormat withDigest() {
    return new FileFormat(name, suffix, writer, reader, refusal, editor, true);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String suffix() {
    return suffix;
  }

  @Override
  public byte[] valid(long seed) {
    return written.computeIfAbsent(seed, this::make);
  }

  private byte[] make(long seed) {
    try {
      Path folder = Files.createTempDirectory("kerf-fuzz");
      Path file = folder.resolve("valid" + suffix);
      writer.write(file, seed);
      byte[] bytes = Files.readAllBytes(file);
      for (Path each : Files.list(folder).toList()) {
        Files.delete(each);
      }
      Files.delete(folder);
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Object read(Path file) {
    return reader.apply(file);
  }

  @Override
  public Class<? extends RuntimeException> refusal() {
    return refusal;
  }

  @Override
  public Optional<Edited> edit(byte[] bytes, RandomStream random) {
    return editor.apply(bytes, random);
  }

  @Override
  public boolean sealed() {
    return sealed;
  }

  @Override
  public String toString() {
    return name;
  }
}
