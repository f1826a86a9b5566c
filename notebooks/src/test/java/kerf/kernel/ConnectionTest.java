package kerf.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ConnectionTest {
  private static final String FILE =
      """
      {"transport": "tcp", "ip": "127.0.0.1", "shell_port": 1, "control_port": 2,
       "stdin_port": 3, "hb_port": 4, "iopub_port": 5,
       "signature_scheme": "hmac-sha256", "key": "secret"}
      """;

  @Test
  void readsJupytersFile() {
    Connection connection = Connection.parse(FILE);
    assertThat(connection.address(connection.iopub())).isEqualTo("tcp://127.0.0.1:5");
    assertThat(connection.control()).isEqualTo(2);
  }

  @Test
  void refusesAnotherTransport() {
    assertThatThrownBy(() -> Connection.parse(FILE.replace("tcp", "ipc")))
        .hasMessage(
            "the kernel talks over tcp, found transport ipc; start it with --transport=tcp");
  }
}
