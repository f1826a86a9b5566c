package kerf.repair;

import java.util.Optional;
import kerf.trace.Convolution;
import kerf.trace.Linear;
import kerf.trace.Node;

/**
 * A convolution or a linear layer, and which channels an element of its weight joins.
 *
 * @param node the name of its node
 * @param weight the name of its weight
 * @param bias the name of its bias, if it has one
 * @param outputs output channels
 * @param inputs input channels
 * @param groups groups of channels that do not see each other
 * @param taps the elements of a kernel; 1 for a linear layer
 */
record Layer(
    String node,
    String weight,
    Optional<String> bias,
    int outputs,
    int inputs,
    int groups,
    int taps) {

  static Optional<Layer> of(Node node) {
    if (node.operator() instanceof Convolution conv) {
      return Optional.of(
          new Layer(
              node.name(),
              conv.weight(),
              conv.bias(),
              Math.toIntExact(conv.outputs()),
              Math.toIntExact(conv.inputs()),
              conv.groups(),
              Math.toIntExact(conv.kernel().size())));
    }
    if (node.operator() instanceof Linear linear) {
      return Optional.of(
          new Layer(
              node.name(),
              linear.weight(),
              linear.bias(),
              Math.toIntExact(linear.outputs()),
              Math.toIntExact(linear.inputs()),
              1,
              1));
    }
    return Optional.empty();
  }

  /** The length of a filter: weights that one output channel has. */
  int row() {
    return inputs / groups * taps;
  }

  /** The output channel that a weight gives to. */
  int output(int index) {
    return index / row();
  }

  /** The input channel that a weight reads. */
  int input(int index) {
    int group = output(index) / (outputs / groups);
    return group * (inputs / groups) + index % row() / taps;
  }
}
