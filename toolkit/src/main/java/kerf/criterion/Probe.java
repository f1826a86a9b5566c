package kerf.criterion;

import ai.djl.ndarray.NDArray;
import java.lang.ref.Reference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerf.data.SampleTensors;
import kerf.data.Samples;
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
  private final Map<String, NDArray> weights = new LinkedHashMap<>();

  Probe(Network network) {
    scope = Scope.open();
    session = new Session(scope, network, RandomStream.of(0, "dropout"));
    network
        .architecture()
        .structure()
        .prunable()
        .forEach((layer, spec) -> weights.put(layer, recorded(spec)));
  }

  private NDArray recorded(ParameterSpec spec) {
    NDArray array = session.array(spec.name());
    array.setRequiresGradient(true);
    return array;
  }

  Session session() {
    return session;
  }

  Scope scope() {
    return scope;
  }

  /** The weights of each layer that can be pruned, which the engine records; not a copy. */
  List<NDArray> weights() {
    return List.copyOf(weights.values());
  }

  /** An array of zeros beside each of {@link #weights}, in the same order. */
  List<NDArray> zeros() {
    return weights().stream().map(array -> scope.zeros(array.getShape().getShape())).toList();
  }

  /** Copies arrays that stand beside {@link #weights} out of native memory, by layer. */
  Map<String, float[]> byLayer(List<NDArray> beside) {
    Map<String, float[]> values = new LinkedHashMap<>();
    for (String layer : weights.keySet()) {
      values.put(layer, Scope.floats(beside.get(values.size())));
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
    if (samples.size() == 0) {
      throw new IllegalArgumentException(
          "a criterion needs at least one image, found none in " + samples);
    }
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
