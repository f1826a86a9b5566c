package kerf.model;

/**
 * The architecture of a network whose values and mask stay as they are, such as one on a grid. No
 * other network can be made of it: not by training, pruning, drawing anew or reading a file.
 *
 * @param free the same architecture for networks of any values
 * @param instead what the network is, and what to change in its place; the end of a refusal
 */
record FixedArchitecture(Architecture free, String instead) implements Architecture {
  @Override
  public String describe() {
    return free.describe();
  }

  @Override
  public Structure structure() {
    return free.structure();
  }

  @Override
  public Initialization initialization() {
    return free.initialization();
  }

  @Override
  public String toString() {
    return free.toString();
  }
}
