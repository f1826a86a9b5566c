package kerf.experiment;

import java.util.Optional;

/** What a finished unit leaves, be it that it diverged. */
public interface UnitResult {

  /**
   * Tells whether the unit diverged.
   *
   * @return what diverged; empty if all went well
   */
  Optional<String> divergence();
}
