package kerf.storage;

/** How much memory the JVM can still give: files that claim more are refused, not tried. */
public final class Heap {
  private Heap() {}

  /**
   * Tells whether so much memory is to be had, garbage collected where that decides it.
   *
   * @param bytes how many
   * @return whether arrays of that size in all can be made
   */
  public static boolean fits(long bytes) {
    if (bytes > free()) {
      System.gc();
    }
    return bytes <= free();
  }

  /**
   * Names the limit.
   *
   * @return such as {@code the 512 MiB of memory that Java may take (-Xmx)}
   */
  public static String limit() {
    return "the %,d MiB of memory that Java may take (-Xmx)"
        .formatted(Runtime.getRuntime().maxMemory() >> 20);
  }

  private static long free() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
  }
}
