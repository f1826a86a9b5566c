package kerf.coding;

/** How much of coding is used: the steps of S. Han et al., "Deep Compression", ICLR 2016. */
public enum Stage {
  /** Every value, zeros included, as a float of 4 bytes. */
  DENSE("dense"),
  /** Values that are not 0, as floats of 4 bytes, and where they are. */
  SPARSE("nonzeros + index"),
  /** Integers at their width, or indices into a codebook, in place of floats. */
  CODEBOOK("codebook"),
  /** Codes of values and distances by how often they occur: what the file holds. */
  HUFFMAN("Huffman");

  private final String title;

  Stage(String title) {
    this.title = title;
  }

  @Override
  public String toString() {
    return title;
  }
}
