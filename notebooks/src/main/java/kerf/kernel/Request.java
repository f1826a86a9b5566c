package kerf.kernel;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

/**
 * A message that came in, and the way back to whoever sent it: one reply on its own channel, and
 * any number of publications for all who listen.
 */
final class Request {
  private final Message message;
  private final Channel channel;
  private final Outbox outbox;
  private volatile boolean muted;

  Request(Message message, Channel channel, Outbox outbox) {
    this.message = message;
    this.channel = channel;
    this.outbox = outbox;
  }

  /** The parent of what is said before any request came. */
  static Request none(Outbox outbox) {
    return new Request(null, Channel.SHELL, outbox);
  }

  String type() {
    return message.type();
  }

  JsonObject content() {
    return message.content();
  }

  Message message() {
    return message;
  }

  String text(String field, String otherwise) {
    JsonElement value = content().get(field);
    return value == null || value.isJsonNull() ? otherwise : value.getAsString();
  }

  boolean flag(String field, boolean otherwise) {
    JsonElement value = content().get(field);
    return value == null || value.isJsonNull() ? otherwise : value.getAsBoolean();
  }

  int number(String field, int otherwise) {
    JsonElement value = content().get(field);
    return value == null || value.isJsonNull() ? otherwise : value.getAsInt();
  }

  /** From here on, publish and print nothing but the status: the request is a silent one. */
  void mute() {
    muted = true;
  }

  void reply(JsonObject content) {
    String type = type().replace("_request", "_reply");
    outbox.post(channel, Message.answer(message, type, content));
  }

  void status(String state) {
    JsonObject content = new JsonObject();
    content.addProperty("execution_state", state);
    outbox.post(Channel.IOPUB, Message.answer(message, "status", content));
  }

  void publish(String type, JsonObject content) {
    if (!muted) {
      outbox.post(Channel.IOPUB, Message.answer(message, type, content));
    }
  }

  /** As {@link #publish}, from the code of a cell, which waits when the front end is behind. */
  void display(String type, JsonObject content) {
    if (!muted) {
      outbox.publish(Message.answer(message, type, content));
    }
  }

  void print(String stream, String text) {
    if (!muted) {
      outbox.print(this, stream, text);
    }
  }

  /** Asks the person at the front end for a line; the answer comes over the stdin channel. */
  void ask(String prompt, boolean password) {
    JsonObject content = new JsonObject();
    content.addProperty("prompt", prompt);
    content.addProperty("password", password);
    outbox.post(Channel.STDIN, Message.answer(message, "input_request", content));
  }
}
