package kerf.kernel;

import org.dflib.jjava.jupyter.kernel.BaseKernel;

/** What cells may call by its bare name, besides the statics of stock JJava. */
public final class CellStatics {
  private CellStatics() {}

  /** Takes away what the cell has shown so far, as soon as it shows something new. */
  public static void clearOutput() {
    clearOutput(true);
  }

  /**
   * Takes away what the cell has shown so far.
   *
   * @param wait until something new is shown, which flickers less; false for at once
   */
  public static void clearOutput(boolean wait) {
    if (BaseKernel.notebookKernel() instanceof JavaKernel kernel) {
      kernel.clearOutput(wait);
    }
  }
}
