package kerf.training;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an optimizer remembers between steps, outside of native memory.
 *
 * @param steps how many steps it has taken
 * @param slots by name of slot (such as {@code momentum}) and of parameter, row-major values
 */
public record OptimizerState(long steps, Map<String, Map<String, float[]>> slots) {

  /**
   * Checks the values.
   *
   * @param steps how many steps it has taken
   * @param slots by name of slot (such as {@code momentum}) and of parameter, row-major values
   */
  public OptimizerState {
    slots = new LinkedHashMap<>(slots);
  }

  /**
   * The memory of an optimizer that has taken no step.
   *
   * @return nothing remembered
   */
  public static OptimizerState none() {
    return new OptimizerState(0, Map.of());
  }
}
