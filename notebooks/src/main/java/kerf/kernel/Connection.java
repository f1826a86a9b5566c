package kerf.kernel;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where Jupyter wants the kernel to listen, and the key that signs every message. */
record Connection(
    String ip, int shell, int control, int stdin, int heartbeat, int iopub, Signature signature) {

  static Connection read(Path file) throws IOException {
    return parse(Files.readString(file, StandardCharsets.UTF_8));
  }

  static Connection parse(String json) {
    JsonObject fields = JsonParser.parseString(json).getAsJsonObject();
    String transport = fields.get("transport").getAsString();
    if (!transport.equals("tcp")) {
      throw new IllegalArgumentException(
          "the kernel talks over tcp, found transport "
              + transport
              + "; start it with --transport=tcp");
    }
    return new Connection(
        fields.get("ip").getAsString(),
        fields.get("shell_port").getAsInt(),
        fields.get("control_port").getAsInt(),
        fields.get("stdin_port").getAsInt(),
        fields.get("hb_port").getAsInt(),
        fields.get("iopub_port").getAsInt(),
        Signature.of(
            fields.get("signature_scheme").getAsString(), fields.get("key").getAsString()));
  }

  String address(int port) {
    return "tcp://" + ip + ":" + port;
  }
}
