package kerf.slimming;

import java.util.Arrays;
import java.util.BitSet;
import kerf.mask.LayerMask;
import kerf.trace.Convolution;
import kerf.trace.Linear;
import kerf.trace.Node;

/**
 * Which outputs of a layer read which of its inputs: those between which the mask keeps a weight.
 */
final class Connections {
  private final Node node;
  private final int outputs;
  private final int inputs;
  private final int groups;
  private final int taps;
  private final boolean padded;
  private final BitSet[] readers;
  private final BitSet filled;

  private Connections(Node node, int outputs, int inputs, int groups, int taps, boolean padded) {
    this.node = node;
    this.outputs = outputs;
    this.inputs = inputs;
    this.groups = groups;
    this.taps = taps;
    this.padded = padded;
    this.readers = new BitSet[inputs];
    this.filled = new BitSet(outputs);
  }

  /**
   * The connections of a layer.
   *
   * @param node a convolution or a linear layer
   * @param mask of its weight
   */
  static Connections of(Node node, LayerMask mask) {
    Connections connections = dense(node);
    for (int i = 0; i < connections.inputs; i++) {
      connections.readers[i] = new BitSet(connections.outputs);
    }
    int row = connections.inputs / connections.groups * connections.taps;
    for (int index : mask.survivors()) {
      int output = index / row;
      connections.filled.set(output);
      connections.readers[connections.input(output, index % row / connections.taps)].set(output);
    }
    return connections;
  }

  private static Connections dense(Node node) {
    if (node.operator() instanceof Convolution convolution) {
      return new Connections(
          node,
          (int) convolution.outputs(),
          (int) convolution.inputs(),
          convolution.groups(),
          (int) convolution.kernel().size(),
          Arrays.stream(convolution.padding().getShape()).anyMatch(zeros -> zeros > 0));
    }
    Linear linear = (Linear) node.operator();
    return new Connections(node, (int) linear.outputs(), (int) linear.inputs(), 1, 1, false);
  }

  Node node() {
    return node;
  }

  int outputs() {
    return outputs;
  }

  int inputs() {
    return inputs;
  }

  int groups() {
    return groups;
  }

  int taps() {
    return taps;
  }

  /** Whether a constant input is cut off at the edges. */
  boolean padded() {
    return padded;
  }

  /** The outputs that read an input; not to be changed. */
  BitSet readers(int input) {
    return readers[input];
  }

  /** Whether the mask keeps no weight of a filter or neuron. */
  boolean isEmpty(int output) {
    return !filled.get(output);
  }

  /** The input at a place in an output's row of weights. */
  int input(int output, int place) {
    int each = inputs / groups;
    return output / (outputs / groups) * each + place;
  }

  /** What an output sees of an input that is 1 everywhere. */
  double sum(float[] weights, int output, int input) {
    int each = inputs / groups;
    int start = (output * each + input % each) * taps;
    double sum = 0;
    for (int tap = 0; tap < taps; tap++) {
      sum += weights[start + tap];
    }
    return sum;
  }
}
