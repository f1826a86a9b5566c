package kerf.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageTest {
  private static final Signature SIGNATURE = Signature.of("hmac-sha256", "key");
  private static final Message REQUEST =
      new Message(
          List.of(new byte[] {1, 2}),
          json("{\"msg_id\": \"a\", \"msg_type\": \"execute_request\"}"),
          new JsonObject(),
          new JsonObject(),
          json("{\"code\": \"größe\"}"),
          List.of(new byte[] {9}));

  @Test
  void goesThroughFramesAndBack() {
    Message back = Message.of(REQUEST.frames(SIGNATURE), SIGNATURE);
    assertThat(back.type()).isEqualTo("execute_request");
    assertThat(back.content()).isEqualTo(REQUEST.content());
    assertThat(back.identities().get(0)).containsExactly(1, 2);
    assertThat(back.buffers().get(0)).containsExactly(9);
  }

  @Test
  void answersToWhoeverAsked() {
    Message answer = Message.answer(REQUEST, "execute_reply", new JsonObject());
    assertThat(answer.identities()).isEqualTo(REQUEST.identities());
    assertThat(answer.parent()).isEqualTo(REQUEST.header());
    assertThat(answer.header().get("session").getAsString()).isNotEmpty();
  }

  @Test
  void refusesContentThatTheKeyDidNotSign() {
    List<byte[]> frames = new ArrayList<>(REQUEST.frames(SIGNATURE));
    frames.set(frames.size() - 2, "{\"code\": \"other\"}".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> Message.of(frames, SIGNATURE))
        .hasMessage("a message came whose signature does not fit its content");
  }

  @Test
  void refusesWhatIsNoMessage() {
    List<byte[]> frames = REQUEST.frames(SIGNATURE).subList(0, 4);
    assertThatThrownBy(() -> Message.of(frames, SIGNATURE))
        .hasMessage("a message has six frames from its delimiter on, found 3");
  }

  private static JsonObject json(String text) {
    return JsonParser.parseString(text).getAsJsonObject();
  }
}
