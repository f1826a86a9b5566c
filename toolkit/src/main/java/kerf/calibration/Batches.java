package kerf.calibration;

/** Numbers that can be gone through more than once, batch by batch. */
@FunctionalInterface
interface Batches {
  /**
   * Goes through all batches.
   *
   * @param viewer sees each
   */
  void forEach(Viewer viewer);

  /** Sees a batch. */
  @FunctionalInterface
  interface Viewer {
    /**
     * Sees it.
     *
     * @param values real numbers, row-major
     * @param shape their shape
     */
    void see(float[] values, long... shape);
  }
}
