package kerf.coding;

import java.util.Arrays;

/**
 * Where the entries of a sparse array are: each is told by its distance from the one before, in a
 * few bits. S. Han et al., "Deep Compression", ICLR 2016, section 2 and figure 2: a distance that
 * does not fit is broken by a filler, an entry whose value is 0.
 *
 * @param bits of a distance, 1 to 16
 * @param symbols distances of 1 to 2<sup>bits</sup> - 1; 0 for a filler, which lies
 *     2<sup>bits</sup> - 1 behind the entry before it and needs no value
 */
public record RelativeIndex(int bits, int... symbols) {
  /** The greatest width of a distance. */
  static final int WIDEST = 16;

  /**
   * Finds the distances.
   *
   * @param places indices in ascending order, 0 or more
   * @param bits of a distance, 1 to 16
   * @return the distances; that of the first entry counts from index -1
   */
  public static RelativeIndex of(int[] places, int bits) {
    if (bits < 1 || bits > WIDEST) {
      throw new IllegalArgumentException("an index has 1 to 16 bits, found " + bits);
    }
    int most = (1 << bits) - 1;
    int[] symbols = new int[Math.toIntExact(entries(places, bits))];
    int count = 0;
    int before = -1;
    for (int place : places) {
      int gap = place - before;
      for (; gap > most; gap -= most) {
        symbols[count++] = 0;
      }
      symbols[count++] = gap;
      before = place;
    }
    return new RelativeIndex(bits, symbols);
  }

  /** How many distances there are, those of fillers included. */
  static long entries(int[] places, int bits) {
    int most = (1 << bits) - 1;
    long entries = places.length;
    int before = -1;
    for (int place : places) {
      entries += (place - before - 1) / most;
      before = place;
    }
    return entries;
  }

  /**
   * Gives the distances as the paper draws them.
   *
   * @return 1 to 2<sup>bits</sup> - 1, the latter for fillers
   */
  public int[] gaps() {
    return Arrays.stream(symbols).map(symbol -> symbol == 0 ? (1 << bits) - 1 : symbol).toArray();
  }

  /**
   * Counts the fillers.
   *
   * @return how many entries hold no value
   */
  public int fillers() {
    return (int) Arrays.stream(symbols).filter(symbol -> symbol == 0).count();
  }

  /**
   * Puts zeros between values where fillers are, as the paper stores them.
   *
   * @param values one for each entry that is no filler
   * @return one for each entry
   */
  public float[] filled(float... values) {
    float[] filled = new float[symbols.length];
    int next = 0;
    for (int i = 0; i < symbols.length; i++) {
      filled[i] = symbols[i] == 0 ? 0 : values[next++];
    }
    return filled;
  }

  /**
   * Finds the places again.
   *
   * @return the indices in ascending order
   */
  public int[] places() {
    int[] places = new int[symbols.length - fillers()];
    int count = 0;
    int place = -1;
    for (int symbol : symbols) {
      place = Math.addExact(place, symbol == 0 ? (1 << bits) - 1 : symbol);
      if (symbol != 0) {
        places[count++] = place;
      }
    }
    return places;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RelativeIndex index
        && bits == index.bits
        && Arrays.equals(symbols, index.symbols);
  }

  @Override
  public int hashCode() {
    return 31 * bits + Arrays.hashCode(symbols);
  }

  @Override
  public String toString() {
    return "%,d distances of %d bits, %,d of them fillers"
        .formatted(symbols.length, bits, fillers());
  }
}
