package kerf.criterion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.lang.ref.Reference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerf.data.SampleTensors;
import kerf.data.Samples;
import kerf.mask.Mask;
import kerf.model.Network;
import kerf.model.ParameterSpec;
import kerf.model.Session;
import kerf.random.RandomStream;
import kerf.tensor.Scope;

/**
 * A network in native memory, to be run over data so that something is found out about it. The
 * network itself stays as it is, whatever becomes of the copies here.
 */
final class Probe implements AutoCloseable {
  /** Samples computed at once; in training mode they share their batch statistics. */
  static final int BATCH = 128;

  private final Scope scope;
  private final Session session;
  private final DataType type;
  private final Map<String, NDArray> weights = new LinkedHashMap<>();

  private Probe(Scope scope, Session session, Network network, DataType type) {
    this.scope = scope;
    this.session = session;
    this.type = type;
    network
        .architecture()
        .structure()
        .prunable()
        .forEach((layer, spec) -> weights.put(layer, recorded(spec)));
  }

  static Probe of(Network network) {
    Scope scope = Scope.open();
    Session session = new Session(scope, network, RandomStream.of(0, "dropout"));
    return new Probe(scope, session, network, DataType.FLOAT32);
  }

  /** Computes in double precision: for differences of gradients, and for very large values. */
  static Probe precise(Network network) {
    Scope scope = Scope.open();
    return new Probe(scope, Session.precise(scope, network), network, DataType.FLOAT64);
  }

  private NDArray recorded(ParameterSpec spec) {
    NDArray array = session.array(spec.name());
    array.setRequiresGradient(true);
    return array;
  }

  Scope scope() {
    return scope;
  }

  Session session() {
    return session;
  }

  /** Runs a batch and records it; training draws the same dropout for the same batch each time. */
  NDArray record(NDArray inputs, boolean training) {
    session.dropout(RandomStream.of(0, "dropout"));
    NDArray fitting = inputs.toType(type, false);
    return Scope.recording(() -> session.forward(fitting, training));
  }

  /** One input of ones. */
  NDArray ones(long... inputShape) {
    long[] shape = new long[inputShape.length + 1];
    shape[0] = 1;
    System.arraycopy(inputShape, 0, shape, 1, inputShape.length);
    return scope.zeros(shape).addi(1);
  }

  /** The weights of each layer that can be pruned, which the engine records; not a copy. */
  List<NDArray> weights() {
    return List.copyOf(weights.values());
  }

  /** An array of zeros beside each of {@link #weights}, in the same order. */
  List<NDArray> zeros() {
    return weights().stream()
        .map(array -> scope.zeros(array.getShape().getShape()).toType(type, false))
        .toList();
  }

  /** Multiplies arrays that stand beside {@link #weights} by a mask. */
  void mask(Mask mask, List<NDArray> beside) {
    int next = 0;
    for (String layer : weights.keySet()) {
      NDArray array = beside.get(next++);
      if (mask.layer(layer).kept() < mask.layer(layer).size()) {
        array.muli(Scope.beside(array, mask.layer(layer).floats()).toType(type, false));
      }
    }
  }

  /** Adds so many times a direction to the weights. */
  void move(List<NDArray> direction, double times) {
    for (int i = 0; i < direction.size(); i++) {
      weights().get(i).addi(direction.get(i).mul(times));
    }
  }

  /** Copies arrays that stand beside {@link #weights} out of native memory, by layer. */
  Map<String, float[]> byLayer(List<NDArray> beside) {
    Map<String, float[]> values = new LinkedHashMap<>();
    for (String layer : weights.keySet()) {
      NDArray array = beside.get(values.size());
      values.put(layer, Scope.floats(array.toType(DataType.FLOAT32, false)));
    }
    return values;
  }

  /** What is done with a batch of inputs and its labels. */
  @FunctionalInterface
  interface Work {
    void on(NDArray inputs, NDArray labels);
  }

  /** Runs over samples, batch by batch; of each batch nothing native is kept. */
  static void batches(Samples samples, Work work) {
    try {
      SampleTensors tensors = SampleTensors.of(samples);
      batches(tensors.images(), tensors.labels(), work);
    } finally {
      // The tensors are freed with the samples, which nobody else may hold any more.
      Reference.reachabilityFence(samples);
    }
  }

  static void batches(NDArray inputs, NDArray labels, Work work) {
    long size = inputs.getShape().get(0);
    for (long first = 0; first < size; first += BATCH) {
      long start = first;
      long end = Math.min(size, first + BATCH);
      Scope.passing(() -> work.on(Scope.rows(inputs, start, end), Scope.rows(labels, start, end)));
    }
  }

  @Override
  public void close() {
    scope.close();
  }
}
