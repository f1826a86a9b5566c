package kerf.energy;

/** What energy is spent on. */
public enum Operation {
  /** An addition of integers of 8 bits. */
  INT8_ADD,
  /** An addition of integers of 32 bits. */
  INT32_ADD,
  /** An addition of floats of 16 bits. */
  FLOAT16_ADD,
  /** An addition of floats of 32 bits. */
  FLOAT32_ADD,
  /** A multiplication of integers of 8 bits. */
  INT8_MULTIPLY,
  /** A multiplication of integers of 32 bits. */
  INT32_MULTIPLY,
  /** A multiplication of floats of 16 bits. */
  FLOAT16_MULTIPLY,
  /** A multiplication of floats of 32 bits. */
  FLOAT32_MULTIPLY,
  /** An access to on-chip memory of 8 KB. */
  SRAM_8KB,
  /** An access to on-chip memory of 32 KB. */
  SRAM_32KB,
  /** An access to on-chip memory of 1 MB. */
  SRAM_1MB,
  /** An access to memory outside the chip. */
  DRAM
}
