package kerf.energy;

/** A level of memory, from the nearest to the farthest. */
public enum Memory {
  /** On-chip memory of 8 KB. */
  SRAM_8KB(Operation.SRAM_8KB, 8L << 10),
  /** On-chip memory of 32 KB. */
  SRAM_32KB(Operation.SRAM_32KB, 32L << 10),
  /** On-chip memory of 1 MB. */
  SRAM_1MB(Operation.SRAM_1MB, 1L << 20),
  /** Memory outside the chip. */
  DRAM(Operation.DRAM, Long.MAX_VALUE);

  private final Operation access;
  private final long capacity;

  Memory(Operation access, long capacity) {
    this.access = access;
    this.capacity = capacity;
  }

  /**
   * Gives the operation that reads or writes it.
   *
   * @return the operation
   */
  public Operation access() {
    return access;
  }

  /**
   * Finds the nearest level that is large enough.
   *
   * @param bytes what is to be held
   * @return the level
   */
  public static Memory holding(long bytes) {
    for (Memory memory : values()) {
      if (bytes <= memory.capacity) {
        return memory;
      }
    }
    return DRAM;
  }
}
