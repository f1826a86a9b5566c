package kerf.kernel;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import org.dflib.jjava.jupyter.kernel.LanguageInfo;

/**
 * Answers requests, one at a time, in the order they came in; interrupts and the end do not wait in
 * that order, they come by the control channel and are answered on the wire's thread.
 */
final class ShellLoop {
  private final JavaKernel kernel;
  private final Execution execution;
  private final History history = new History();
  private final Runnable whenDone;
  private final LinkedBlockingQueue<Request> waiting;

  ShellLoop(
      JavaKernel kernel, KernelIO io, LinkedBlockingQueue<Request> waiting, Runnable whenDone) {
    this.kernel = kernel;
    this.execution = new Execution(kernel, io, history);
    this.waiting = waiting;
    this.whenDone = whenDone;
  }

  void run() throws InterruptedException {
    while (true) {
      answer(waiting.take());
    }
  }

  /** Answers between a busy and an idle status, whatever happens. */
  void answer(Request request) {
    request.status("busy");
    boolean stop = false;
    try {
      if (request.type().equals("execute_request")) {
        stop = execution.run(request);
      } else {
        dispatch(request);
      }
    } catch (Throwable e) {
      // Whatever a request breaks, the next one must find the kernel listening.
      Main.LOG.println("kerf kernel: " + request.type() + " failed: " + e);
      JsonObject reply =
          new Failure(e.getClass().getName(), e.getMessage(), java.util.List.of()).json();
      reply.addProperty("status", "error");
      request.reply(reply);
    }
    if (stop) {
      dropWaitingCells();
    }
    request.status("idle");
    if (request.type().equals("shutdown_request")) {
      whenDone.run();
    }
  }

  private void dropWaitingCells() {
    for (Request next : waiting.toArray(Request[]::new)) {
      if (next.type().equals("execute_request") && waiting.remove(next)) {
        next.status("busy");
        JsonObject reply = new JsonObject();
        reply.addProperty("status", "aborted");
        next.reply(reply);
        next.status("idle");
      }
    }
  }

  private void dispatch(Request request) {
    switch (request.type()) {
      case "kernel_info_request" -> request.reply(kernelInfo());
      case "complete_request" -> {
        String code = request.text("code", "");
        int cursor = CodePoints.toUtf16(code, request.number("cursor_pos", code.length()));
        request.reply(kernel.matches(code, cursor).json(code));
      }
      case "inspect_request" -> request.reply(inspection(request));
      case "is_complete_request" -> request.reply(kernel.completeness(request.text("code", "")));
      case "history_request" -> request.reply(history.reply(request));
      case "comm_info_request" -> {
        JsonObject reply = ok();
        reply.add("comms", new JsonObject());
        request.reply(reply);
      }
      case "comm_open" -> {
        JsonObject close = new JsonObject();
        close.addProperty("comm_id", request.text("comm_id", ""));
        close.add("data", new JsonObject());
        request.publish("comm_close", close);
      }
      case "interrupt_request" -> {
        kernel.interrupt();
        request.reply(ok());
      }
      case "shutdown_request" -> {
        JsonObject reply = ok();
        reply.addProperty("restart", request.flag("restart", false));
        request.reply(reply);
      }
      default -> Main.LOG.println("kerf kernel: " + request.type() + " is not known");
    }
  }

  private JsonObject inspection(Request request) {
    String code = request.text("code", "");
    int cursor = CodePoints.toUtf16(code, request.number("cursor_pos", code.length()));
    Optional<String> found =
        kernel.inspection().inspect(code, cursor, request.number("detail_level", 0) > 0);
    JsonObject data = new JsonObject();
    found.ifPresent(text -> data.addProperty("text/plain", text));
    JsonObject reply = ok();
    reply.addProperty("found", found.isPresent());
    reply.add("data", data);
    reply.add("metadata", new JsonObject());
    return reply;
  }

  private JsonObject kernelInfo() {
    LanguageInfo info = kernel.getLanguageInfo();
    JsonObject language = new JsonObject();
    language.addProperty("name", info.getName());
    language.addProperty("version", info.getVersion());
    language.addProperty("mimetype", info.getMimetype());
    language.addProperty("file_extension", info.getFileExtension());
    language.addProperty("pygments_lexer", info.getPygmentsLexer());
    language.addProperty("codemirror_mode", String.valueOf(info.getCodemirrorMode()));
    language.addProperty("nbconvert_exporter", info.getNbconvertExporter());
    JsonObject reply = ok();
    reply.addProperty("protocol_version", Message.PROTOCOL);
    reply.addProperty("implementation", kernel.getName());
    reply.addProperty("implementation_version", kernel.getVersion());
    reply.add("language_info", language);
    reply.addProperty("banner", "Kerf " + kernel.getVersion() + ", Java " + Runtime.version());
    reply.addProperty("debugger", false);
    reply.add("help_links", new JsonArray());
    return reply;
  }

  private static JsonObject ok() {
    JsonObject reply = new JsonObject();
    reply.addProperty("status", "ok");
    return reply;
  }
}
