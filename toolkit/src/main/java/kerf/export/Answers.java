package kerf.export;

import ai.djl.ndarray.NDArray;
import kerf.display.Interrupts;
import kerf.model.Network;
import kerf.model.Session;
import kerf.random.RandomStream;
import kerf.tensor.Scope;
import kerf.trace.Graph;
import kerf.trace.Node;

/**
 * A network's outputs for some inputs.
 *
 * @param values row-major, a row an input
 * @param size how many inputs there were
 * @param classes the last axis of an output; of a sequence of steps the last one counts
 */
record Answers(float[] values, int size, int classes) {
  private static final int BATCH = 250;

  /** Asks the engine. */
  static Answers of(Network network, Material material) {
    Graph graph = Graph.of(network);
    long[] sample = graph.input().shape().getShape();
    try (Scope scope = Scope.open()) {
      Session session = new Session(scope, network, RandomStream.of(0, "dropout"));
      return collected(
          graph,
          material,
          (first, count) -> {
            float[][] outputs = new float[1][];
            Scope.passing(
                () -> {
                  NDArray inputs =
                      scope.tensor(material.inputs(first, count), batch(count, sample));
                  outputs[0] = Scope.floats(session.forward(inputs, false));
                });
            return outputs[0];
          });
    }
  }

  /** Asks ONNX Runtime. */
  static Answers of(byte[] model, Graph graph, Material material) {
    try (OnnxSession session = OnnxSession.open(model)) {
      return collected(
          graph,
          material,
          (first, count) -> {
            try (OnnxSession.Inputs inputs = session.inputs(material.inputs(first, count), count)) {
              return inputs.outputs().values().iterator().next();
            }
          });
    }
  }

  private interface Source {
    float[] outputs(int first, int count);
  }

  private static Answers collected(Graph graph, Material material, Source source) {
    Node output = graph.node(graph.output());
    int width = Math.toIntExact(output.shape().size());
    float[] values = new float[material.size() * width];
    for (int first = 0; first < material.size(); first += BATCH) {
      Interrupts.check();
      int count = Math.min(BATCH, material.size() - first);
      System.arraycopy(source.outputs(first, count), 0, values, first * width, count * width);
    }
    int classes = Math.toIntExact(output.shape().get(output.shape().dimension() - 1));
    return new Answers(values, material.size(), classes);
  }

  static long[] batch(int count, long... sample) {
    long[] shape = new long[sample.length + 1];
    shape[0] = count;
    System.arraycopy(sample, 0, shape, 1, sample.length);
    return shape;
  }

  /** The class that gets the highest output; the first of several. */
  int top(int i) {
    int first = (i + 1) * (values.length / size) - classes;
    int top = 0;
    for (int c = 1; c < classes; c++) {
      if (values[first + c] > values[first + top]) {
        top = c;
      }
    }
    return top;
  }

  /** The share of inputs on which two networks give the same class. */
  double agreement(Answers other) {
    int same = 0;
    for (int i = 0; i < size; i++) {
      same += top(i) == other.top(i) ? 1 : 0;
    }
    return same / (double) size;
  }

  /** The share of inputs that get their own class; null where they have none. */
  Double accuracy(Material material) {
    int right = 0;
    for (int i = 0; i < size; i++) {
      if (material.label(i) < 0) {
        return null;
      }
      right += top(i) == material.label(i) ? 1 : 0;
    }
    return right / (double) size;
  }

  /** The largest difference, over the largest output. */
  double difference(Answers other) {
    double difference = 0;
    double largest = Float.MIN_NORMAL;
    for (int i = 0; i < values.length; i++) {
      difference = Math.max(difference, Math.abs((double) values[i] - other.values[i]));
      largest = Math.max(largest, Math.abs((double) other.values[i]));
    }
    return difference / largest;
  }
}
