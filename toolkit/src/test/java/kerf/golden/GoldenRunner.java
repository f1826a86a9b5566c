package kerf.golden;

import java.util.Map;
import kerf.storage.Npy;

/** Does with this toolkit what a golden case was made by. */
@FunctionalInterface
interface GoldenRunner {
  /**
   * Runs a case.
   *
   * @return at least every array the case expects, by name
   */
  Map<String, Npy> run(GoldenCase golden);
}
