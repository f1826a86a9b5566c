package kerf.tensor;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;

/** Starts DJL's PyTorch engine the way Kerf needs it: offline, silent, one thread a computation. */
final class Engine {
  private static final NDManager ROOT = start();

  private Engine() {}

  static PtNDManager newManager() {
    return (PtNDManager) ROOT.newSubManager();
  }

  private static NDManager start() {
    preset("ai.djl.offline", "true");
    preset("OPT_OUT_TRACKING", "true");
    preset("ai.djl.default_engine", "PyTorch");
    // One thread a computation: sums are taken in one order, so a seed gives one result on every
    // machine, and trials run side by side in threads of their own (kerf.experiment).
    preset("ai.djl.pytorch.num_threads", System.getProperty("kerf.threads", "1"));
    preset("ai.djl.pytorch.num_interop_threads", "1");
    return NDManager.newBaseManager();
  }

  private static void preset(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
