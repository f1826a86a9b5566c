package kerf.tensor;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Supplier;
import kerf.random.RandomStream;

/**
 * A store that answers a block's request for a parameter with an array of ours.
 *
 * <p>So one block serves any number of networks and threads at once: the block is the structure,
 * the values are passed to it.
 */
final class BoundParameters extends ParameterStore {
  private final Map<Parameter, NDArray> values;
  private final Supplier<RandomStream> dropout;

  BoundParameters(
      NDManager manager, Map<Parameter, NDArray> values, Supplier<RandomStream> dropout) {
    super(manager, false);
    this.dropout = dropout;
    this.values = new IdentityHashMap<>(values);
  }

  RandomStream dropout() {
    return dropout.get();
  }

  @Override
  public NDArray getValue(Parameter parameter, Device device, boolean training) {
    return parameter == null ? null : values.get(parameter);
  }
}
