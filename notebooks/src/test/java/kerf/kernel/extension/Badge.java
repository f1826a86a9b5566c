package kerf.kernel.extension;

import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.BaseNotebookStatics;

/** A value of a library's, which shows itself through whatever kernel is running. */
public record Badge(int number) {
  @Override
  public String toString() {
    return "badge " + number;
  }

  /** From a thread of its own, as a library's worker would. */
  public static void show(int number) throws InterruptedException {
    Badge badge = new Badge(number);
    Thread worker =
        new Thread(
            () -> {
              BaseKernel.notebookKernel().display(BaseNotebookStatics.render(badge));
              String id = BaseNotebookStatics.display(badge);
              BaseNotebookStatics.updateDisplay(id, new Badge(number + 1));
            });
    worker.start();
    worker.join();
  }
}
