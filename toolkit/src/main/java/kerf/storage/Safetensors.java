package kerf.storage;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Named arrays in one file, as Hugging Face's {@code safetensors} library knows them: the length of
 * a header, the header in JSON, and the arrays' bytes, little endian. A state dict of PyTorch comes
 * in and goes out this way: {@code safetensors.torch.save_file(model.state_dict(), path)}.
 */
public final class Safetensors {
  /** The format's own limit on headers. */
  private static final long LONGEST_HEADER = 100_000_000;

  private static final int PREFIX = Long.BYTES;

  /** Bytes that an array takes at most while a network is made of it, by its bytes in the file. */
  private static final int COPIES = 4;

  /** Bytes that a header takes at most while it is taken apart, by its own. */
  private static final int HEADER_COPIES = 20;

  private Safetensors() {}

  /**
   * Writes arrays to a file, atomically, with a digest of them among the metadata. Equal arrays in
   * equal order give equal bytes.
   *
   * @param file the file to make or to replace; missing folders are made
   * @param arrays the arrays by name, in the order of the file
   * @throws IllegalArgumentException if an array is called {@code __metadata__}
   * @throws UncheckedIOException if the disk refuses; {@code file} is then as it was
   */
  public static void write(Path file, Map<String, Npy> arrays) {
    if (arrays.containsKey(SafetensorsHeader.METADATA)) {
      throw new IllegalArgumentException(
          "an array must not be called __metadata__, a name the format keeps for itself");
    }
    byte[] header = header(arrays);
    AtomicFile.write(
        file,
        out -> {
          out.write(
              ByteBuffer.allocate(PREFIX)
                  .order(ByteOrder.LITTLE_ENDIAN)
                  .putLong(header.length)
                  .array());
          out.write(header);
          for (Npy array : arrays.values()) {
            out.write(array.data());
          }
        });
  }

  private static byte[] header(Map<String, Npy> arrays) {
    StringWriter text = new StringWriter();
    try (JsonWriter json = new JsonWriter(text)) {
      json.beginObject();
      json.name(SafetensorsHeader.METADATA).beginObject();
      json.name(ArrayDigest.KEY).value(ArrayDigest.of(arrays, Map.of())).endObject();
      long offset = 0;
      for (Map.Entry<String, Npy> entry : arrays.entrySet()) {
        Npy array = entry.getValue();
        json.name(entry.getKey()).beginObject();
        json.name("dtype").value(SafetensorsType.of(array.type()).name());
        json.name("shape").beginArray();
        for (long axis : array.shape()) {
          json.value(axis);
        }
        json.endArray();
        long end = offset + array.data().length;
        json.name("data_offsets").beginArray().value(offset).value(end).endArray().endObject();
        offset = end;
      }
      json.endObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    // Blanks behind the header let the arrays begin at a multiple of 8, as the format advises.
    byte[] padded = new byte[(bytes.length + 7) / 8 * 8];
    System.arraycopy(bytes, 0, padded, 0, bytes.length);
    for (int i = bytes.length; i < padded.length; i++) {
      padded[i] = ' ';
    }
    return padded;
  }

  /**
   * Reads all arrays of a file. Floats of 16 bits, of either kind, come as float32, exactly. Where
   * the file carries the digest that {@link #write} puts there, it is compared.
   *
   * @param file a file written here or by the {@code safetensors} library
   * @return the arrays by name, in the order of the header; not modifiable
   * @throws UnreadableFileException if there is no such file, or it is damaged, too large for
   *     memory, or holds types other than F32, F64, F16, BF16, I64, I32, I8, U8 and BOOL
   * @throws UncheckedIOException if the disk refuses
   */
  public static Map<String, Npy> read(Path file) {
    return content(file).arrays();
  }

  /** The arrays, and whether there is a digest of them among the metadata. */
  static ArrayFile.Content content(Path file) {
    InputFile.requireMemory(file, "arrays", COPIES * InputFile.length(file));
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      SafetensorsHeader header = SafetensorsHeader.parse(file, headerText(file, in));
      long start = in.getFilePointer();
      long data = in.length() - start;
      if (header.end() != data) {
        throw new UnreadableFileException(
            file,
            "%,d bytes of arrays behind the header".formatted(header.end()),
            "%,d".formatted(data));
      }
      Map<String, Npy> arrays = new LinkedHashMap<>();
      for (SafetensorsHeader.Entry entry : header.entries()) {
        byte[] bytes = new byte[entry.length()];
        in.seek(start + entry.begin());
        in.readFully(bytes);
        arrays.put(entry.name(), entry.type().array(entry.shape(), bytes));
      }
      requireDigest(file, arrays, header.metadata());
      return new ArrayFile.Content(arrays, header.metadata().containsKey(ArrayDigest.KEY));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read %s: %s".formatted(file, e), e);
    }
  }

  private static void requireDigest(
      Path file, Map<String, Npy> arrays, Map<String, String> metadata) {
    Map<String, String> others = new LinkedHashMap<>(metadata);
    others.entrySet().removeIf(entry -> ArrayDigest.like(entry.getKey(), entry.getValue()));
    metadata.forEach(
        (key, text) -> {
          if (!others.containsKey(key)) {
            // Under another key it is a damaged one, whatever it says.
            ArrayDigest.require(file, key.equals(ArrayDigest.KEY) ? text : key, arrays, others);
          }
        });
  }

  private static String headerText(Path file, RandomAccessFile in) throws IOException {
    if (in.length() < PREFIX) {
      throw new UnreadableFileException(
          file, "the 8 bytes that hold the header's length", "%d bytes".formatted(in.length()));
    }
    byte[] prefix = new byte[PREFIX];
    in.readFully(prefix);
    long length = ByteBuffer.wrap(prefix).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (length < 2 || length > LONGEST_HEADER || length > in.length() - PREFIX) {
      throw new UnreadableFileException(
          file,
          "a header of 2 to %,d bytes within the file".formatted(LONGEST_HEADER),
          "a length of %,d in a file of %,d bytes".formatted(length, in.length()));
    }
    InputFile.requireMemory(file, "names of arrays", HEADER_COPIES * length);
    byte[] header = new byte[(int) length];
    in.readFully(header);
    return new String(header, StandardCharsets.UTF_8);
  }
}
