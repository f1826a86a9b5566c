package kerf.kernel;

import java.util.Map;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;

/** Gives JShell the runner that this kernel has made for it. */
final class Engine implements ExecutionControlProvider {
  private final CellRunner runner;

  Engine(CellRunner runner) {
    this.runner = runner;
  }

  @Override
  public String name() {
    return "kerf";
  }

  @Override
  public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
    return runner;
  }
}
