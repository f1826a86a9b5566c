package io.github.spencerpark.ijava;

import io.github.spencerpark.jupyter.kernel.BaseKernel;

/** The class by which stock IJava hands out its kernel; here it hands out what a test runs. */
public final class IJava {
  private static BaseKernel running;

  private IJava() {}

  public static BaseKernel getKernelInstance() {
    return running;
  }

  public static void run(BaseKernel kernel) {
    running = kernel;
  }
}
