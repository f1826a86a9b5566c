package kerf.export;

import java.nio.FloatBuffer;
import java.util.stream.IntStream;
import kerf.data.Samples;
import kerf.random.RandomStream;
import kerf.trace.Graph;
import kerf.trace.OneHot;

/** What a network and its file are compared on: samples, or noise where none are given. */
interface Material {
  /** How many inputs there are. */
  int size();

  /** Inputs beginning with one, row-major; over and over where there are too few. */
  float[] inputs(int first, int count);

  /** The class of an input; -1 where there is none. */
  int label(int i);

  /** What the report calls it. */
  @Override
  String toString();

  static Material of(Samples samples) {
    return new Material() {
      @Override
      public int size() {
        return samples.size();
      }

      @Override
      public float[] inputs(int first, int count) {
        long volume = 1;
        for (long axis : samples.inputShape()) {
          volume *= axis;
        }
        FloatBuffer inputs = FloatBuffer.allocate(Math.toIntExact(count * volume));
        int[] chosen = IntStream.range(first, first + count).map(i -> i % size()).toArray();
        samples.copyInputs(chosen, inputs);
        return inputs.array();
      }

      @Override
      public int label(int i) {
        return samples.label(i);
      }

      @Override
      public String toString() {
        return "%,d images".formatted(size());
      }
    };
  }

  /**
   * Standard normal numbers in the shape of a graph's input; for one whose input becomes one-hot
   * vectors, whole numbers.
   */
  static Material noise(Graph graph) {
    long depth =
        graph.nodes().stream()
            .filter(node -> node.operator() instanceof OneHot)
            .mapToLong(node -> ((OneHot) node.operator()).depth())
            .min()
            .orElse(0);
    int volume = Math.toIntExact(graph.input().shape().size());
    return new Material() {
      @Override
      public int size() {
        return 64;
      }

      @Override
      public float[] inputs(int first, int count) {
        float[] inputs = new float[count * volume];
        for (int row = 0; row < count; row++) {
          RandomStream stream = RandomStream.of((first + row) % size(), "noise");
          for (int i = 0; i < volume; i++) {
            inputs[row * volume + i] =
                depth == 0
                    ? (float) stream.nextGaussian()
                    : (float) Math.floor(stream.nextDouble() * depth);
          }
        }
        return inputs;
      }

      @Override
      public int label(int i) {
        return -1;
      }

      @Override
      public String toString() {
        return "%d inputs of noise; use verifyOn(samples)".formatted(size());
      }
    };
  }
}
