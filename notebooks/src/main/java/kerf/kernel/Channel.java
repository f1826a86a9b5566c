package kerf.kernel;

import java.util.Set;

/** The sockets that carry messages; the heartbeat carries none. */
enum Channel {
  SHELL,
  /** Answered on the wire's own thread, so nothing may come by it that runs a user's code. */
  CONTROL("kernel_info_request", "interrupt_request", "shutdown_request"),
  STDIN("input_reply"),
  IOPUB;

  private final Set<String> types;

  Channel(String... types) {
    this.types = Set.of(types);
  }

  /** Whether a message of this type may come in here. */
  boolean takes(String type) {
    return types.isEmpty() || types.contains(type);
  }
}
