package kerf.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import kerf.random.RandomStream;
import kerf.tensor.Scope;

/**
 * A network's values in native memory, ready to compute, for one thread and as long as its scope.
 */
public final class Session {
  private final Network network;
  private final Map<String, NDArray> arrays = new LinkedHashMap<>();
  private RandomStream dropout;
  private Computation computation;

  /** A way to compute what a network's block computes. */
  @FunctionalInterface
  public interface Computation {
    /**
     * Computes outputs.
     *
     * @param inputs a batch of inputs in the shape that the network takes
     * @param training true to normalize by the batch's own statistics and to drop out
     * @return a batch of outputs
     */
    NDArray outputs(NDArray inputs, boolean training);
  }

  /**
   * Copies a network's values into native memory.
   *
   * @param scope the scope they live in
   * @param network the network
   * @param dropout the stream that dropout draws from in training
   * @throws DivergedException if a value of the network is not finite
   */
  public Session(Scope scope, Network network, RandomStream dropout) {
    this(scope, network, dropout, scope::tensor);
  }

  /**
   * Copies a network's values into native memory in double precision, for derivatives taken by
   * differences. Inputs must be of type float64.
   *
   * @param scope the scope they live in
   * @param network the network
   * @return a session whose dropout, if it ever trains, is that of seed 0
   */
  public static Session precise(Scope scope, Network network) {
    return new Session(
        scope,
        network,
        RandomStream.of(0, "dropout"),
        (values, shape) -> scope.tensor(widened(values), shape));
  }

  private static double[] widened(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  private Session(
      Scope scope,
      Network network,
      RandomStream dropout,
      BiFunction<float[], long[], NDArray> upload) {
    network.requireFinite();
    this.network = network;
    this.dropout = dropout;
    Structure structure = network.architecture().structure();
    Map<Parameter, NDArray> bound = new IdentityHashMap<>();
    for (ParameterSpec spec : structure.parameters()) {
      NDArray array = upload.apply(network.rawValues().get(spec.name()), spec.shape());
      arrays.put(spec.name(), array);
      bound.put(structure.parameter(spec.name()), array);
    }
    ParameterStore store = scope.store(bound, () -> this.dropout);
    Block block = structure.block();
    this.computation =
        (inputs, training) -> block.forward(store, new NDList(inputs), training).singletonOrThrow();
  }

  /**
   * Computes in another way from here on, such as by running the network's graph under the eyes of
   * a loss.
   *
   * @param other computes the same
   */
  public void through(Computation other) {
    computation = other;
  }

  /**
   * Tells what the session computes.
   *
   * @return the network's architecture
   */
  public Architecture architecture() {
    return network.architecture();
  }

  /** What a block gives out for one input, its values being zeros. */
  static long[] outputShape(Structure structure) {
    try (Scope scope = Scope.open()) {
      Map<Parameter, NDArray> zeros = new IdentityHashMap<>();
      for (ParameterSpec spec : structure.parameters()) {
        zeros.put(structure.parameter(spec.name()), scope.zeros(spec.shape()));
      }
      ParameterStore store = scope.store(zeros, () -> RandomStream.of(0, "dropout"));
      NDList outputs =
          structure.block().forward(store, new NDList(scope.zeros(structure.batch(1))), false);
      long[] shape = outputs.singletonOrThrow().getShape().getShape();
      return Arrays.copyOfRange(shape, 1, shape.length);
    } catch (RuntimeException e) {
      throw structure.cannotCompute(e);
    }
  }

  /**
   * Changes the stream that dropout draws from in training.
   *
   * @param stream such as one for each step, so that a step does not depend on those before it
   */
  public void dropout(RandomStream stream) {
    dropout = stream;
  }

  /**
   * Tells blocks that ask for it ({@link ParameterSpec.Role#EPOCH}) which pass over the training
   * data this is.
   *
   * @param pass from 0
   */
  public void epoch(long pass) {
    for (ParameterSpec spec : network.architecture().structure().parameters()) {
      if (spec.role() == ParameterSpec.Role.EPOCH) {
        NDArray array = arrays.get(spec.name());
        Scope.passing(() -> array.muli(0).addi(pass));
      }
    }
  }

  /**
   * Gives the stream that dropout draws from in training.
   *
   * @return the present one
   */
  public RandomStream dropout() {
    return dropout;
  }

  /**
   * Computes outputs.
   *
   * @param inputs a batch of inputs; images are laid out in a row for a network of one axis
   * @param training true to normalize by the batch's own statistics and to drop out
   * @return a batch of outputs
   */
  public NDArray forward(NDArray inputs, boolean training) {
    long[] takes = network.architecture().structure().inputShape();
    NDArray fitting =
        takes.length == 1 && inputs.getShape().dimension() > 2
            ? inputs.reshape(inputs.getShape().get(0), takes[0])
            : inputs;
    return computation.outputs(fitting, training);
  }

  /**
   * Gives the native array of a parameter.
   *
   * @param parameter its name, such as {@code fc1.weight}
   * @return the array the block computes with
   */
  public NDArray array(String parameter) {
    return arrays.get(parameter);
  }

  /**
   * Lists the parameters that are trained.
   *
   * @return in the order of the structure
   */
  public List<ParameterSpec> trained() {
    return network.architecture().structure().parameters().stream()
        .filter(spec -> spec.role().trained())
        .toList();
  }

  /**
   * Copies the present values out of native memory.
   *
   * @return row-major values by parameter name
   */
  public Map<String, float[]> values() {
    Map<String, float[]> values = new LinkedHashMap<>();
    arrays.forEach((name, array) -> values.put(name, Scope.floats(array)));
    return values;
  }
}
