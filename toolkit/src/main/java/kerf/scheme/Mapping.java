package kerf.scheme;

/** How a range of real numbers is laid on the integers. */
public enum Mapping {
  /** The range's ends on the grid's ends: a scale and a zero point of its own. */
  AFFINE,
  /** Zero on a fixed integer, as much room on both sides: only a scale. */
  SYMMETRIC
}
