package kerf.storage;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the header of a safetensors file says: which arrays lie where. Checked: every byte belongs
 * to one array.
 *
 * @param entries the arrays, in the header's order
 * @param end how many bytes they take
 * @param metadata texts by name
 */
record SafetensorsHeader(List<Entry> entries, long end, Map<String, String> metadata) {
  static final String METADATA = "__metadata__";

  /**
   * One array.
   *
   * @param name its name
   * @param type of its elements
   * @param shape the size of each axis
   * @param begin its first byte behind the header
   * @param length its bytes
   */
  record Entry(String name, SafetensorsType type, long[] shape, long begin, int length) {}

  static SafetensorsHeader parse(Path file, String text) {
    try (JsonReader json = new JsonReader(new StringReader(text))) {
      json.setStrictness(Strictness.STRICT);
      List<Entry> entries = new ArrayList<>();
      Map<String, String> metadata = new LinkedHashMap<>();
      Set<String> names = new HashSet<>();
      json.beginObject();
      while (json.hasNext()) {
        String name = json.nextName();
        if (!names.add(name)) {
          throw new UnreadableFileException(file, "each name once", "two arrays called " + name);
        }
        if (name.equals(METADATA)) {
          texts(file, json, metadata);
        } else {
          entries.add(entry(file, json, name));
        }
      }
      json.endObject();
      // Throws if there is more.
      json.peek();
      return new SafetensorsHeader(List.copyOf(entries), contiguous(file, entries), metadata);
    } catch (MalformedJsonException e) {
      // Its message is advice to programmers.
      throw damaged(file, "no JSON at " + json(e));
    } catch (IOException | IllegalStateException | NumberFormatException e) {
      throw damaged(file, String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
  }

  private static String json(MalformedJsonException e) {
    String message = String.valueOf(e.getMessage());
    int place = message.indexOf("line ");
    return place < 0 ? "all" : message.substring(place).lines().findFirst().orElse("");
  }

  private static UnreadableFileException damaged(Path file, String found) {
    return new UnreadableFileException(
        file, "a header of JSON objects with dtype, shape and data_offsets", "damage: " + found);
  }

  private static void texts(Path file, JsonReader json, Map<String, String> metadata)
      throws IOException {
    json.beginObject();
    while (json.hasNext()) {
      String name = json.nextName();
      if (json.peek() != JsonToken.STRING) {
        throw damaged(file, "%s that is no text in the metadata".formatted(name));
      }
      if (metadata.put(name, json.nextString()) != null) {
        throw new UnreadableFileException(file, "each name once", "two texts called " + name);
      }
    }
    json.endObject();
  }

  private static Entry entry(Path file, JsonReader json, String name) throws IOException {
    SafetensorsType type = null;
    long[] shape = null;
    long[] offsets = null;
    json.beginObject();
    while (json.hasNext()) {
      switch (json.nextName()) {
        case "dtype" -> type = type(file, name, json.nextString());
        case "shape" -> shape = numbers(json);
        case "data_offsets" -> offsets = numbers(json);
        default -> json.skipValue();
      }
    }
    json.endObject();
    if (type == null || shape == null || offsets == null || offsets.length != 2) {
      throw new UnreadableFileException(
          file, "dtype, shape and two data_offsets of " + name, "less");
    }
    long length = size(file, name, shape) * type.bytes();
    if (offsets[0] < 0 || offsets[1] - offsets[0] != length || length > Integer.MAX_VALUE - 8) {
      throw new UnreadableFileException(
          file,
          "%,d bytes for %s of %s %s".formatted(length, name, type, Arrays.toString(shape)),
          "bytes %,d to %,d".formatted(offsets[0], offsets[1]));
    }
    return new Entry(name, type, shape, offsets[0], (int) length);
  }

  private static SafetensorsType type(Path file, String array, String name) {
    try {
      return SafetensorsType.valueOf(name);
    } catch (IllegalArgumentException e) {
      throw new UnreadableFileException(
          file,
          "one of the types %s for %s".formatted(Arrays.toString(SafetensorsType.values()), array),
          name,
          "convert the tensor before saving it, as PyTorch does by tensor.float()");
    }
  }

  private static long[] numbers(JsonReader json) throws IOException {
    List<Long> numbers = new ArrayList<>();
    json.beginArray();
    while (json.hasNext()) {
      numbers.add(json.nextLong());
    }
    json.endArray();
    return numbers.stream().mapToLong(Long::longValue).toArray();
  }

  private static long size(Path file, String name, long[] shape) {
    long size = 1;
    for (long axis : shape) {
      if (axis < 0 || axis > Integer.MAX_VALUE || size * axis > Integer.MAX_VALUE) {
        throw new UnreadableFileException(
            file,
            "at most %,d elements of %s".formatted(Integer.MAX_VALUE, name),
            "shape " + Arrays.toString(shape));
      }
      size *= axis;
    }
    return size;
  }

  /** Refuses gaps and overlaps: a file that hides bytes, or shares them, is not of this format. */
  private static long contiguous(Path file, List<Entry> entries) {
    long end = 0;
    List<Entry> byPlace = new ArrayList<>(entries);
    byPlace.sort(Comparator.comparingLong(Entry::begin).thenComparingInt(Entry::length));
    for (Entry entry : byPlace) {
      if (entry.begin() != end) {
        throw new UnreadableFileException(
            file,
            "%s to begin at byte %,d behind the header".formatted(entry.name(), end),
            "%,d".formatted(entry.begin()));
      }
      end += entry.length();
    }
    return end;
  }
}
