package kerf.slimming;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import kerf.trace.Activation;
import kerf.trace.Add;
import kerf.trace.BatchNorm;
import kerf.trace.Clip;
import kerf.trace.Concatenation;
import kerf.trace.Convolution;
import kerf.trace.Dropout;
import kerf.trace.Flatten;
import kerf.trace.GlobalPooling;
import kerf.trace.Graph;
import kerf.trace.Input;
import kerf.trace.Linear;
import kerf.trace.Multiply;
import kerf.trace.Node;
import kerf.trace.Operator;
import kerf.trace.Pooling;
import kerf.trace.Reshape;
import kerf.trace.Select;
import kerf.trace.Transpose;

/**
 * The channels of all values of a graph, followed from the layers that make them to those that read
 * them. Places that can only lose a channel together have one number: addends, the positions of a
 * flattened channel, a depthwise filter and its input.
 */
final class Wiring {
  /** The channels of a value lie along an axis, the batch counted. */
  private record Lane(int axis, int... channels) {}

  private static final int[] NONE = {};

  private final Graph graph;
  private final Map<String, Lane> outputs = new LinkedHashMap<>();
  private final Map<String, Lane> inputs = new HashMap<>();
  private final Map<String, Lane> shared = new HashMap<>();
  private final Map<Integer, String> holders = new LinkedHashMap<>();
  private final Map<Integer, String> fixed = new HashMap<>();
  private final List<Integer> parents = new ArrayList<>();
  private final Map<String, int[]> given = new HashMap<>();
  private final Map<String, int[]> read = new HashMap<>();

  Wiring(Graph graph) {
    this.graph = graph;
    for (Node node : graph.nodes()) {
      outputs.put(node.name(), wire(node));
    }
    hold("output", outputs.get(graph.output()));
    holders.forEach((channel, holder) -> fixed.putIfAbsent(find(channel), holder));
    outputs.forEach((node, lane) -> given.put(node, numbers(lane)));
    inputs.forEach((node, lane) -> read.put(node, numbers(lane)));
  }

  Graph graph() {
    return graph;
  }

  /** The channels that a node gives out, in order; not to be changed. */
  int[] outputs(String node) {
    return given.get(node);
  }

  /**
   * The channels that a layer multiplies and adds up, in order; empty for a depthwise convolution,
   * which passes them on, and for nodes without weights. Not to be changed.
   */
  int[] inputs(String layer) {
    return read.getOrDefault(layer, NONE);
  }

  /** The axis of a node's output along which its channels lie, the batch counted. */
  int axis(String node) {
    return outputs.get(node).axis();
  }

  /** What keeps a channel from being removed whatever is pruned: a node's name, or null. */
  String fixed(int channel) {
    return fixed.get(channel);
  }

  /** Whether a channel is one of the network's outputs. */
  boolean isOutput(int channel) {
    return Arrays.stream(outputs(graph.output())).anyMatch(output -> output == channel);
  }

  /** All channels that differ, ascending. */
  int[] channels() {
    return IntStream.range(0, parents.size()).filter(channel -> find(channel) == channel).toArray();
  }

  private int[] numbers(Lane lane) {
    return Arrays.stream(lane.channels()).map(this::find).toArray();
  }

  private Lane wire(Node node) {
    Operator operator = node.operator();
    if (operator instanceof Input) {
      return hold(node.name(), fresh(channelAxis(node), node));
    } else if (operator instanceof Convolution convolution) {
      return convolution(node, convolution);
    } else if (operator instanceof Linear linear) {
      return linear(node, linear);
    } else if (operator instanceof BatchNorm normalization) {
      return share(normalization.scale(), read(node, 0, 1));
    } else if (operator instanceof Pooling || operator instanceof GlobalPooling) {
      return read(node, 0, 1);
    } else if (operator instanceof Activation activation) {
      return activation(node, activation);
    } else if (operator instanceof Clip || operator instanceof Dropout) {
      return input(node, 0);
    } else if (operator instanceof Add || operator instanceof Multiply) {
      return joined(node);
    } else if (operator instanceof Concatenation concatenation) {
      return concatenation.axis() == input(node, 0).axis() ? beside(node) : joined(node);
    } else if (operator instanceof Flatten) {
      return flattened(node);
    } else if (operator instanceof Reshape reshape) {
      return reshaped(node, Math.toIntExact(reshape.rest().size()));
    } else if (operator instanceof Transpose transpose) {
      Lane input = input(node, 0);
      return new Lane(transpose.axes().indexOf(input.axis()), input.channels());
    } else if (operator instanceof Select select && select.axis() != input(node, 0).axis()) {
      Lane input = input(node, 0);
      return new Lane(input.axis() - (select.axis() < input.axis() ? 1 : 0), input.channels());
    }
    return barrier(node);
  }

  /** An operator of which nothing is known: whatever it reads and gives out stays. */
  private Lane barrier(Node node) {
    node.inputs().forEach(input -> hold(node.name(), outputs.get(input)));
    return hold(node.name(), fresh(channelAxis(node), node));
  }

  private Lane convolution(Node node, Convolution convolution) {
    Lane read = read(node, 0, 1);
    if (convolution.depthwise()) {
      int each = Math.toIntExact(convolution.outputs() / convolution.inputs());
      return share(convolution.weight(), repeated(read, each));
    }
    inputs.put(node.name(), share(convolution.weight() + " inputs", read));
    return share(convolution.weight(), fresh(1, node));
  }

  private Lane linear(Node node, Linear linear) {
    int last = node.shape().dimension();
    inputs.put(node.name(), share(linear.weight() + " inputs", read(node, 0, last)));
    return share(linear.weight(), fresh(last, node));
  }

  private Lane activation(Node node, Activation activation) {
    Lane input = input(node, 0);
    boolean across =
        switch (activation.function()) {
          case SOFTMAX, LOG_SOFTMAX -> {
            int axis = (int) activation.number();
            yield axis == input.axis() || axis + node.shape().dimension() + 1 == input.axis();
          }
          default -> false;
        };
    return across ? hold(node.name(), input) : input;
  }

  private Lane joined(Node node) {
    Lane first = input(node, 0);
    for (int i = 1; i < node.inputs().size(); i++) {
      Lane other = input(node, i);
      if (other.axis() != first.axis()) {
        return barrier(node);
      }
      unite(first, other);
    }
    return first;
  }

  private Lane beside(Node node) {
    int axis = input(node, 0).axis();
    List<Lane> parts = node.inputs().stream().map(outputs::get).toList();
    if (parts.stream().anyMatch(part -> part.axis() != axis)) {
      return barrier(node);
    }
    return new Lane(
        axis, parts.stream().flatMapToInt(part -> Arrays.stream(part.channels())).toArray());
  }

  private Lane flattened(Node node) {
    Lane input = read(node, 0, 1);
    return repeated(input, Math.toIntExact(node.shape().size()) / input.channels().length);
  }

  /** Elements in a row, so many of them a channel of the output. */
  private Lane reshaped(Node node, int each) {
    Lane row = flattened(node);
    int[] channels = new int[row.channels().length / each];
    for (int i = 0; i < row.channels().length; i++) {
      if (i % each == 0) {
        channels[i / each] = row.channels()[i];
      } else {
        unite(channels[i / each], row.channels()[i]);
      }
    }
    return new Lane(1, channels);
  }

  private static Lane repeated(Lane lane, int each) {
    int[] channels = new int[lane.channels().length * each];
    for (int i = 0; i < channels.length; i++) {
      channels[i] = lane.channels()[i / each];
    }
    return new Lane(1, channels);
  }

  private Lane input(Node node, int place) {
    return outputs.get(node.inputs().get(place));
  }

  /** An input whose channels are wanted along an axis; if they lie along another, they all stay. */
  private Lane read(Node node, int place, int axis) {
    Lane input = input(node, place);
    if (input.axis() == axis) {
      return input;
    }
    hold(node.name(), input);
    Node source = graph.node(node.inputs().get(place));
    return hold(node.name(), fresh(axis, source));
  }

  private static int channelAxis(Node node) {
    return node.shape().dimension() == 2 ? 2 : 1;
  }

  private Lane fresh(int axis, Node node) {
    int count = node.shape().dimension() < axis ? 1 : (int) node.shape().get(axis - 1);
    int first = parents.size();
    int[] channels = IntStream.range(first, first + count).toArray();
    parents.addAll(IntStream.of(channels).boxed().toList());
    return new Lane(axis, channels);
  }

  /** A parameter that is used a second time loses the same channels there. */
  private Lane share(String parameter, Lane lane) {
    Lane before = shared.putIfAbsent(parameter, lane);
    if (before != null) {
      unite(before, lane);
    }
    return lane;
  }

  private Lane hold(String node, Lane lane) {
    for (int channel : lane.channels()) {
      holders.putIfAbsent(channel, node);
    }
    return lane;
  }

  private void unite(Lane one, Lane other) {
    for (int i = 0; i < one.channels().length; i++) {
      unite(one.channels()[i], other.channels()[i]);
    }
  }

  private void unite(int one, int other) {
    int first = find(one);
    int second = find(other);
    parents.set(Math.max(first, second), Math.min(first, second));
  }

  private int find(int channel) {
    int root = channel;
    while (parents.get(root) != root) {
      root = parents.get(root);
    }
    parents.set(channel, root);
    return root;
  }
}
