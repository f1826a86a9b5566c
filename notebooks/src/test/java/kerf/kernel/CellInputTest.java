package kerf.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CellInputTest {
  private final Outbox outbox = new Outbox();
  private final Request cell =
      new Request(
          new Message(
              List.of(),
              new JsonObject(),
              new JsonObject(),
              new JsonObject(),
              new JsonObject(),
              List.of()),
          Channel.SHELL,
          outbox);
  private final CellInput input = new CellInput(() -> cell);

  @Test
  void isAtItsEndWhereNobodyCanAnswer() {
    input.begin(false);
    assertThat(input.read()).isEqualTo(-1);
    assertThat(input.read(new byte[1], 0, 1)).isEqualTo(-1);
  }

  @Test
  void asksAndGivesTheAnswersBytes() {
    input.begin(true);
    CompletableFuture<byte[]> read =
        CompletableFuture.supplyAsync(
            () -> new byte[] {(byte) input.read(), (byte) input.read(), (byte) input.read()});
    Outbox.Parcel question = outbox.take();
    assertThat(question.channel()).isEqualTo(Channel.STDIN);
    assertThat(question.message().type()).isEqualTo("input_request");
    input.answer("ä");
    assertThat(read.join()).isEqualTo("ä\n".getBytes(StandardCharsets.UTF_8));
    assertThat(input.available()).isZero();
  }

  @Test
  void endsItsWaitWhenInterrupted() {
    input.begin(true);
    Thread.currentThread().interrupt();
    assertThatThrownBy(input::read).isInstanceOf(CellInterrupted.class);
    assertThat(Thread.interrupted()).isTrue();
    input.answer("dropped");
    input.begin(true);
    assertThat(input.available()).isZero();
  }
}
