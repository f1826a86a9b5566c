package kerf.repair;

/**
 * A repair that changes a quantized layer after seeing what comes to it and what it should give.
 */
interface LaneRepair {
  /**
   * Names the repair in tables.
   *
   * @return a word or two
   */
  String title();

  /**
   * Repairs a layer.
   *
   * @param stop the layer; its values may be replaced
   * @return what was changed, or why nothing was
   */
  String repair(Stop stop);
}
