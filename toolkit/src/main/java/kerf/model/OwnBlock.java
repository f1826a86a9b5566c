package kerf.model;

/**
 * The architecture of a block that the user made.
 *
 * @param structure the block with its names
 * @param initialization how weights start when a network is initialized anew
 */
public record OwnBlock(Structure structure, Initialization initialization) implements Architecture {

  @Override
  public String describe() {
    return "block(" + structure + ", " + initialization + ")";
  }
}
