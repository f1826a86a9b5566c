package kerf.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HistoryTest {
  private final History history = new History();

  @BeforeEach
  void threeCells() {
    history.add(1, "1 + 1");
    history.output("2");
    history.add(2, "int x;\nx");
    history.add(3, "1 + 1");
  }

  @Test
  void tail() {
    assertThat(ask("{'hist_access_type': 'tail', 'n': 2}"))
        .isEqualTo("[[0,2,\"int x;\\nx\"],[0,3,\"1 + 1\"]]");
  }

  @Test
  void rangeEndsBeforeItsStop() {
    assertThat(ask("{'hist_access_type': 'range', 'session': 0, 'start': 1, 'stop': 2}"))
        .isEqualTo("[[0,1,\"1 + 1\"]]");
  }

  @Test
  void hasNoEarlierSessions() {
    assertThat(ask("{'hist_access_type': 'range', 'session': -1, 'start': 1, 'stop': 9}"))
        .isEqualTo("[]");
  }

  @Test
  void searchTakesWildcardsAndNothingElseForSpecial() {
    assertThat(ask("{'hist_access_type': 'search', 'pattern': '1?+*', 'unique': true}"))
        .isEqualTo("[[0,3,\"1 + 1\"]]");
    assertThat(ask("{'hist_access_type': 'search', 'pattern': '*x', 'n': 1}"))
        .isEqualTo("[[0,2,\"int x;\\nx\"]]");
    assertThat(ask("{'hist_access_type': 'search', 'pattern': '1.+.1'}")).isEqualTo("[]");
  }

  @Test
  void tellsOutputsWhenAsked() {
    assertThat(ask("{'hist_access_type': 'range', 'start': 1, 'stop': 3, 'output': true}"))
        .isEqualTo("[[0,1,[\"1 + 1\",\"2\"]],[0,2,[\"int x;\\nx\",null]]]");
  }

  private String ask(String content) {
    JsonObject json = JsonParser.parseString(content).getAsJsonObject();
    Message message =
        new Message(
            List.of(), new JsonObject(), new JsonObject(), new JsonObject(), json, List.of());
    JsonObject reply = history.reply(new Request(message, Channel.SHELL, new Outbox()));
    assertThat(reply.get("status").getAsString()).isEqualTo("ok");
    return reply.get("history").toString();
  }
}
