package kerf.qat;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import kerf.random.RandomStream;
import kerf.trace.Binding;

/**
 * Hands out other values in place of weights.
 *
 * @param all what else there is
 * @param values the other values, by the name of the weight
 */
record ValuedBinding(Binding all, Map<String, NDArray> values) implements Binding {
  @Override
  public NDArray array(String parameter) {
    NDArray own = values.get(parameter);
    return own == null ? all.array(parameter) : own;
  }

  @Override
  public RandomStream dropout() {
    return all.dropout();
  }

  @Override
  public boolean training() {
    return all.training();
  }
}
