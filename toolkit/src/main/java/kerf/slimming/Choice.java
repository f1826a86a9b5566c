package kerf.slimming;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import kerf.model.Network;
import kerf.trace.Convolution;

/**
 * Which of the channels that could go do go: each layer keeps one at least, a multiple where that
 * is asked for, and the groups of a grouped convolution keep equally many. What stays for such a
 * reason are the channels with the largest weights.
 */
final class Choice {
  private final Wiring wiring;
  private final Removal removal;
  private final int multiple;
  private final Map<Integer, Double> norms = new HashMap<>();

  Choice(Wiring wiring, Removal removal, Network network, int multiple) {
    this.wiring = wiring;
    this.removal = removal;
    this.multiple = multiple;
    removal.connections().forEach((name, layer) -> measure(layer, network));
  }

  /** A channel's norm is the mean magnitude of the weights that make it, in all of its layers. */
  private void measure(Connections layer, Network network) {
    float[] weights = network.values(layer.node().operator().weights().get(0));
    int[] channels = wiring.outputs(layer.node().name());
    int row = weights.length / channels.length;
    for (int o = 0; o < channels.length; o++) {
      double sum = 0;
      for (int i = o * row; i < (o + 1) * row; i++) {
        sum += Math.abs(weights[i]);
      }
      norms.merge(channels[o], sum / row, Double::sum);
    }
  }

  /** The channels that go, if those of {@code kept} stay. */
  BitSet choose(BitSet kept) {
    BitSet staying = (BitSet) kept.clone();
    while (true) {
      BitSet gone = removal.without(staying);
      BitSet back = new BitSet();
      for (Connections layer : removal.connections().values()) {
        require(layer, gone, back);
        feed(layer, gone, back);
      }
      if (back.isEmpty()) {
        return gone;
      }
      staying.or(back);
    }
  }

  private void require(Connections layer, BitSet gone, BitSet back) {
    int[] outputs = wiring.outputs(layer.node().name());
    int[] inputs = wiring.inputs(layer.node().name());
    int total = outputs.length;
    int left = left(outputs, gone);
    require(
        Math.min(total, Math.max(1, (left + multiple - 1) / multiple * multiple)),
        outputs,
        gone,
        back);
    if (layer.groups() > 1 && inputs.length > 0) {
      int[][] ins = groups(inputs, layer.groups());
      int[][] outs = groups(outputs, layer.groups());
      int most = Arrays.stream(outs).mapToInt(group -> left(group, gone)).max().orElse(0);
      int mostRead = Arrays.stream(ins).mapToInt(group -> left(group, gone)).max().orElse(0);
      for (int g = 0; g < layer.groups(); g++) {
        if (left(outs[g], gone) + left(ins[g], gone) > 0) {
          require(most, outs[g], gone, back);
          require(mostRead, ins[g], gone, back);
        }
      }
    }
  }

  /**
   * A convolution's filter that stays and reads only channels that go, constants, keeps the largest
   * of them: without any weight it would be silent, and its bias lost.
   */
  private void feed(Connections layer, BitSet gone, BitSet back) {
    int[] outputs = wiring.outputs(layer.node().name());
    int[] inputs = wiring.inputs(layer.node().name());
    if (inputs.length == 0 || !(layer.node().operator() instanceof Convolution)) {
      return;
    }
    BitSet fed = new BitSet();
    for (int i = 0; i < inputs.length; i++) {
      if (!gone.get(inputs[i])) {
        fed.or(layer.readers(i));
      }
    }
    for (int o = 0; o < outputs.length; o++) {
      if (!gone.get(outputs[o]) && !fed.get(o) && !layer.isEmpty(o)) {
        int output = o;
        int[] read =
            IntStream.range(0, inputs.length)
                .filter(i -> layer.readers(i).get(output))
                .map(i -> inputs[i])
                .toArray();
        require(1, read, gone, back);
      }
    }
  }

  private static int[][] groups(int[] channels, int count) {
    int each = channels.length / count;
    return IntStream.range(0, count)
        .mapToObj(g -> Arrays.copyOfRange(channels, g * each, (g + 1) * each))
        .toArray(int[][]::new);
  }

  private static int left(int[] channels, BitSet gone) {
    return (int) Arrays.stream(channels).filter(channel -> !gone.get(channel)).count();
  }

  /** Brings back the largest of the channels that are gone until so many are left. */
  private void require(int wanted, int[] channels, BitSet gone, BitSet back) {
    int missing = wanted - left(channels, gone);
    Arrays.stream(channels)
        .filter(gone::get)
        .distinct()
        .boxed()
        .sorted(Comparator.comparing((Integer channel) -> -norms.getOrDefault(channel, 0.0)))
        .limit(Math.max(0, missing))
        .forEach(back::set);
  }
}
