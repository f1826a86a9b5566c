package kerf.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import kerf.fuzz.Format.Edited;
import kerf.random.RandomStream;

/** Edits of the header of a safetensors file, whose length is put right again. */
final class SafetensorsEdits {
  private static final String METADATA = "__metadata__";
  private static final String[] TYPES = {
    "F32", "F64", "I64", "I32", "U8", "BOOL", "F16", "I16", ""
  };

  private SafetensorsEdits() {}

  static Optional<Edited> edit(byte[] file, RandomStream random) {
    if (file.length < 10) {
      return Optional.empty();
    }
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    long length = in.getLong();
    if (length < 2 || length > file.length - 8) {
      return Optional.empty();
    }
    int end = 8 + (int) length;
    try {
      JsonElement parsed = JsonParser.parseString(new String(file, 8, (int) length, UTF_8));
      JsonObject header = parsed.getAsJsonObject();
      boolean unsealed = random.nextInt(3) == 0 && header.remove(METADATA) != null;
      String what = edit(header, random) + (unsealed ? ", digest gone" : "");
      byte[] text = header.toString().getBytes(UTF_8);
      ByteBuffer out =
          ByteBuffer.allocate(8 + text.length + file.length - end).order(ByteOrder.LITTLE_ENDIAN);
      out.putLong(text.length).put(text).put(Arrays.copyOfRange(file, end, file.length));
      return Optional.of(new Edited(what, out.array(), unsealed));
    } catch (RuntimeException e) {
      // Bytes edited before: whatever is not there in the form that is looked for.
      return Optional.empty();
    }
  }

  private static String edit(JsonObject header, RandomStream random) {
    List<String> names = new ArrayList<>(header.keySet());
    names.remove(METADATA);
    if (names.isEmpty()) {
      return "no array";
    }
    String one = names.get(random.nextInt(names.size()));
    String other = names.get(random.nextInt(names.size()));
    JsonObject entry = header.getAsJsonObject(one);
    switch (random.nextInt(9)) {
      case 0 -> {
        header.add(one, header.get(other));
        header.add(other, entry);
        return "names %s and %s swapped".formatted(one, other);
      }
      case 1 -> {
        header.remove(one);
        header.add("mask:" + one, entry);
        return one + " renamed";
      }
      case 2 -> {
        header.remove(one);
        return one + " removed";
      }
      case 3 -> {
        header.add(one + "x", entry.deepCopy());
        return one + " doubled";
      }
      case 4 -> {
        entry.addProperty("dtype", TYPES[random.nextInt(TYPES.length)]);
        return "type of " + one;
      }
      case 5, 6 -> {
        return "%s of %s"
            .formatted(
                number(entry, random.nextInt(2) == 0 ? "shape" : "data_offsets", random), one);
      }
      case 7 -> {
        JsonArray shape = entry.getAsJsonArray("shape");
        JsonArray reversed = new JsonArray();
        for (int i = shape.size() - 1; i >= 0; i--) {
          reversed.add(shape.get(i));
        }
        entry.add("shape", reversed);
        return "shape of %s reversed".formatted(one);
      }
      default -> {
        entry.add("data_offsets", header.getAsJsonObject(other).get("data_offsets").deepCopy());
        return "%s lies where %s does".formatted(one, other);
      }
    }
  }

  private static String number(JsonObject entry, String field, RandomStream random) {
    JsonArray numbers = entry.getAsJsonArray(field);
    if (numbers == null || numbers.isEmpty()) {
      return "no " + field;
    }
    int at = random.nextInt(numbers.size());
    numbers.set(
        at, new com.google.gson.JsonPrimitive(Bytes.number(numbers.get(at).getAsLong(), random)));
    return field;
  }
}
