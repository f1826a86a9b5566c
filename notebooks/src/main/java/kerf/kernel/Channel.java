package kerf.kernel;

/** The sockets that carry messages; the heartbeat carries none. */
enum Channel {
  SHELL,
  CONTROL,
  STDIN,
  IOPUB
}
