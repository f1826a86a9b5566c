package kerf.pruning;

import kerf.mask.Mask;
import kerf.table.Grouped;
import kerf.table.Percent;

/**
 * One update of gradual pruning.
 *
 * @param iteration how many optimizer steps had been taken
 * @param scheduled the sparsity the schedule wanted, of the layers that are pruned
 * @param sparsity the sparsity of all weight layers together afterwards
 * @param kept how many weights were kept
 * @param nothingLeftOf the layers that were empty afterwards
 */
public record PruningUpdate(
    @Grouped long iteration,
    @Percent(2) double scheduled,
    @Percent(2) double sparsity,
    @Grouped long kept,
    String nothingLeftOf) {

  static PruningUpdate of(long iteration, double scheduled, Mask mask) {
    return new PruningUpdate(
        iteration, scheduled, mask.sparsity(), mask.kept(), String.join(", ", mask.empty()));
  }
}
