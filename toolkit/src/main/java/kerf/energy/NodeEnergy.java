package kerf.energy;

import kerf.table.Decimals;
import kerf.table.Grouped;
import kerf.table.Title;

/**
 * What a node takes for one sample. All of it is modelled.
 *
 * @param node its name; {@code total} for all
 * @param macs multiplications, each with an addition, whose weight is not 0
 * @param arithmetic what a multiplication and its addition are: float32, int8 with sums of 32 bits
 * @param arithmeticPicojoules of all of them
 * @param weightBytes bytes of its parameters as the file holds them
 * @param weightsFrom the memory they are read from, once
 * @param weightPicojoules of reading them, and of looking shared values up
 * @param activationBytes bytes of what it reads and writes
 * @param activationsIn the memory they are in
 * @param activationPicojoules of reading and writing them
 */
public record NodeEnergy(
    String node,
    @Grouped long macs,
    String arithmetic,
    @Decimals(0) @Title("arithmetic, pJ (modelled)") double arithmeticPicojoules,
    @Grouped @Title("weight bytes") long weightBytes,
    @Title("weights from") String weightsFrom,
    @Decimals(0) @Title("weights, pJ (modelled)") double weightPicojoules,
    @Grouped @Title("activation bytes") long activationBytes,
    @Title("activations in") String activationsIn,
    @Decimals(0) @Title("activations, pJ (modelled)") double activationPicojoules) {

  /**
   * Adds up.
   *
   * @return picojoules of arithmetic and traffic
   */
  public double picojoules() {
    return arithmeticPicojoules + weightPicojoules + activationPicojoules;
  }

  NodeEnergy and(NodeEnergy other) {
    return new NodeEnergy(
        "total",
        macs + other.macs,
        "",
        arithmeticPicojoules + other.arithmeticPicojoules,
        weightBytes + other.weightBytes,
        weightsFrom,
        weightPicojoules + other.weightPicojoules,
        activationBytes + other.activationBytes,
        activationsIn,
        activationPicojoules + other.activationPicojoules);
  }
}
