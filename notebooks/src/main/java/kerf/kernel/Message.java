package kerf.kernel;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** One message of the protocol, and its frames on the wire. */
record Message(
    List<byte[]> identities,
    JsonObject header,
    JsonObject parent,
    JsonObject metadata,
    JsonObject content,
    List<byte[]> buffers) {
  static final String PROTOCOL = "5.3";
  private static final byte[] DELIMITER = "<IDS|MSG>".getBytes(StandardCharsets.US_ASCII);

  /** The kernel's own session: one for the life of the process. */
  private static final String SESSION = UUID.randomUUID().toString();

  /** A message of the kernel's in answer to {@code parent}, which may be null for none. */
  static Message answer(Message parent, String type, JsonObject content) {
    JsonObject header = new JsonObject();
    header.addProperty("msg_id", UUID.randomUUID().toString());
    header.addProperty("session", SESSION);
    header.addProperty("username", "kernel");
    header.addProperty("date", Instant.now().truncatedTo(ChronoUnit.MICROS).toString());
    header.addProperty("msg_type", type);
    header.addProperty("version", PROTOCOL);
    return new Message(
        parent == null ? List.of() : parent.identities,
        header,
        parent == null ? new JsonObject() : parent.header,
        new JsonObject(),
        content,
        List.of());
  }

  String type() {
    return header.get("msg_type").getAsString();
  }

  /** As publications go out: to all, not to the one who asked. */
  Message withoutIdentities() {
    return new Message(List.of(), header, parent, metadata, content, buffers);
  }

  List<byte[]> frames(Signature signature) {
    List<byte[]> parts = List.of(bytes(header), bytes(parent), bytes(metadata), bytes(content));
    List<byte[]> frames = new ArrayList<>(identities);
    frames.add(DELIMITER);
    frames.add(signature.sign(parts));
    frames.addAll(parts);
    frames.addAll(buffers);
    return frames;
  }

  /**
   * Of frames as they came in.
   *
   * @throws RuntimeException when they are no message, or one that the key did not sign
   */
  static Message of(List<byte[]> frames, Signature signature) {
    int delimiter = 0;
    while (delimiter < frames.size() && !Arrays.equals(frames.get(delimiter), DELIMITER)) {
      delimiter++;
    }
    if (frames.size() < delimiter + 6) {
      throw new IllegalArgumentException(
          "a message has six frames from its delimiter on, found "
              + Math.max(0, frames.size() - delimiter));
    }
    List<byte[]> parts = frames.subList(delimiter + 2, delimiter + 6);
    if (!signature.verifies(parts, frames.get(delimiter + 1))) {
      throw new IllegalArgumentException("a message came whose signature does not fit its content");
    }
    JsonObject header = json(parts.get(0));
    // All that is said in answer names these two.
    for (String field : List.of("msg_type", "msg_id")) {
      if (!(header.get(field) instanceof JsonPrimitive text && text.isString())) {
        throw new IllegalArgumentException(
            "a message's header has a text " + field + ", found " + header.get(field));
      }
    }
    return new Message(
        List.copyOf(frames.subList(0, delimiter)),
        header,
        json(parts.get(1)),
        json(parts.get(2)),
        json(parts.get(3)),
        List.copyOf(frames.subList(delimiter + 6, frames.size())));
  }

  private static byte[] bytes(JsonObject json) {
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static JsonObject json(byte[] bytes) {
    return JsonParser.parseString(new String(bytes, StandardCharsets.UTF_8)).getAsJsonObject();
  }
}
