package kerf.coding;

/** What bits of a coded array are spent on. */
enum Share {
  /** Where the values are. */
  INDEX,
  /** The values, or the codes that stand for them. */
  VALUES,
  /** Lists of shared values, scales and zero points. */
  CODEBOOK,
  /** Lengths of Huffman codes. */
  TABLES,
  /** How the array is coded. */
  HEADER,
  /** Zeros that fill the last byte. */
  PADDING
}
