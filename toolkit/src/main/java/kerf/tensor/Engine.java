package kerf.tensor;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;

/** Starts DJL's PyTorch engine the way Kerf needs it: offline, silent, one thread a computation. */
final class Engine {
  private Engine() {}

  static PtNDManager newManager() {
    // Outside the class that starts the engine: a failure there would be reported once, by an error
    // without a message, and by another one ever after.
    Threads.asked();
    Malloc.asked();
    return (PtNDManager) Root.MANAGER.newSubManager();
  }

  /** Started when first asked for. */
  private static final class Root {
    static final NDManager MANAGER = start();
  }

  private static NDManager start() {
    preset("ai.djl.offline", "true");
    preset("OPT_OUT_TRACKING", "true");
    preset("ai.djl.default_engine", "PyTorch");
    // One thread a computation: sums are taken in one order, so a seed gives one result on every
    // machine, and trials run side by side in threads of their own (kerf.experiment).
    preset("ai.djl.pytorch.num_threads", Integer.toString(Threads.asked()));
    preset("ai.djl.pytorch.num_interop_threads", "1");
    if (Malloc.asked()) {
      Malloc.tune(System.getenv());
    }
    return NDManager.newBaseManager();
  }

  private static void preset(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
