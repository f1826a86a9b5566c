package kerf.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutboxTest {
  private final Outbox outbox = new Outbox();
  private final Request cell = Request.none(outbox);

  @Test
  void handsOutRepliesPastPublications() {
    Outbox outbox = new Outbox();
    Message said = Message.answer(null, "status", new com.google.gson.JsonObject());
    Message reply = Message.answer(null, "execute_reply", new com.google.gson.JsonObject());
    outbox.post(Channel.IOPUB, said);
    outbox.post(Channel.SHELL, reply);
    assertThat(outbox.takeReply().message()).isSameAs(reply);
    assertThat(outbox.takeReply()).isNull();
    assertThat(outbox.take().message()).isSameAs(said);
  }

  @Test
  void gathersWhatOneStreamPrints() {
    cell.print("stdout", "a");
    cell.print("stdout", "b");
    assertThat(rest()).containsExactly("stdout ab");
  }

  @Test
  void keepsTheOrderOfAllThatIsSaid() {
    cell.print("stdout", "a");
    cell.print("stderr", "b");
    cell.print("stdout", "c");
    cell.publish("display_data", new JsonObject());
    cell.print("stdout", "d");
    assertThat(rest())
        .containsExactly("stdout a", "stderr b", "stdout c", "display_data", "stdout d");
  }

  @Test
  void keepsCellsApart() {
    cell.print("stdout", "a");
    Request.none(outbox).print("stdout", "b");
    assertThat(rest()).containsExactly("stdout a", "stdout b");
  }

  @Test
  void sendsAtOnceWhatSomethingElseFollows() {
    cell.print("stdout", "a");
    cell.status("idle");
    assertThat(outbox.take().message().type()).isEqualTo("stream");
    assertThat(outbox.take().message().type()).isEqualTo("status");
  }

  @Test
  void endsAMessageWhenItIsLong() {
    cell.print("stdout", "x".repeat(Outbox.GATHER_CHARS));
    cell.print("stdout", "y");
    assertThat(rest()).hasSize(2);
  }

  @Test
  void saysNothingForASilentCell() {
    cell.mute();
    cell.print("stdout", "a");
    cell.publish("display_data", new JsonObject());
    cell.status("idle");
    assertThat(rest()).containsExactly("status");
  }

  @Test
  void takesPrintsOfAnInterruptedThreadAndLeavesTheFlag() {
    Thread.currentThread().interrupt();
    cell.print("stdout", "a");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(rest()).containsExactly("stdout a");
  }

  @Test
  void makesAFastPrinterWaitAndLosesNothing() throws InterruptedException {
    String half = "x".repeat(Outbox.PENDING_CHARS / 2);
    Thread printer =
        new Thread(
            () -> {
              for (int i = 0; i < 8; i++) {
                cell.print("stdout", half);
              }
              outbox.close();
            });
    printer.start();
    int chars = 0;
    for (String text : rest(false)) {
      chars += text.length() - "stdout ".length();
    }
    printer.join();
    assertThat(chars).isEqualTo(4 * Outbox.PENDING_CHARS);
  }

  private List<String> rest() {
    return rest(true);
  }

  private List<String> rest(boolean close) {
    if (close) {
      outbox.close();
    }
    List<String> said = new ArrayList<>();
    for (Outbox.Parcel next = outbox.take(); next != null; next = outbox.take()) {
      JsonObject content = next.message().content();
      boolean stream = next.message().type().equals("stream");
      said.add(
          stream
              ? content.get("name").getAsString() + " " + content.get("text").getAsString()
              : next.message().type());
    }
    return said;
  }
}
