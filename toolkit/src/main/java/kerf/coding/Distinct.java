package kerf.coding;

import java.util.Arrays;

/** The distinct numbers of an array, found without sorting it. */
final class Distinct {
  private Distinct() {}

  /** The numbers that occur in ascending order; null if they are more than {@code most}. */
  static int[] of(int most, int... numbers) {
    int places = Integer.highestOneBit(most) * 4;
    int[] slots = new int[places];
    boolean[] taken = new boolean[places];
    int count = 0;
    for (int number : numbers) {
      int slot = (number * 0x9e3779b1 >>> 8) & places - 1;
      while (taken[slot] && slots[slot] != number) {
        slot = slot + 1 & places - 1;
      }
      if (!taken[slot]) {
        if (count == most) {
          return null;
        }
        taken[slot] = true;
        slots[slot] = number;
        count++;
      }
    }
    int[] found = new int[count];
    int next = 0;
    for (int slot = 0; slot < places; slot++) {
      if (taken[slot]) {
        found[next++] = slots[slot];
      }
    }
    Arrays.sort(found);
    return found;
  }
}
