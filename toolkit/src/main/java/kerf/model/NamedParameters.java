package kerf.model;

import ai.djl.nn.Parameter;
import java.util.Map;

/** A block that says itself how its parameters are named, and knows their shapes. */
public interface NamedParameters {
  /**
   * Lists the parameters.
   *
   * @return in order, each with what is known of it; they need no values
   */
  Map<ParameterSpec, Parameter> namedParameters();

  /**
   * Lists the convolutions.
   *
   * @return by name of each convolution, the name of the batch normalization that is all that reads
   *     it; empty if there is none
   */
  Map<String, String> convolutions();
}
