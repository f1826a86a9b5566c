package kerf.kernel;

import java.util.Optional;

/** Ends the kernel when the process that started it is gone; else it would stay for ever. */
final class ParentWatch {
  private ParentWatch() {}

  /**
   * Jupyter names the parent in {@code JPY_PARENT_PID}: a process id, or on Windows a handle, which
   * Java can do nothing with.
   *
   * @param pid the variable's value, null where it is not set
   * @param whenGone what to do once the parent has ended
   */
  static void start(String pid, String operatingSystem, Runnable whenGone) {
    if (pid == null || !pid.matches("\\d+") || operatingSystem.startsWith("Windows")) {
      return;
    }
    Optional<ProcessHandle> parent = ProcessHandle.of(Long.parseLong(pid));
    if (parent.isEmpty()) {
      whenGone.run();
    } else {
      parent.get().onExit().thenRun(whenGone);
    }
  }
}
