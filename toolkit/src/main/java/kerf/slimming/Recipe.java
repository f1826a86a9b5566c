package kerf.slimming;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import kerf.mask.LayerMask;
import kerf.mask.Mask;
import kerf.model.Network;
import kerf.model.ParameterSpec;
import kerf.trace.BatchNorm;
import kerf.trace.Graph;
import kerf.trace.Node;

/**
 * What a slimming does, as data: what is kept of each parameter, and what is added to it for the
 * constants that are gone.
 */
final class Recipe {
  private final Wiring wiring;
  private final Removal removal;
  private final BitSet gone;
  private final Map<String, Slice> slices = new HashMap<>();
  private final Map<String, double[]> additions = new LinkedHashMap<>();

  Recipe(Wiring wiring, Removal removal, Network network, BitSet gone) {
    this.wiring = wiring;
    this.removal = removal;
    this.gone = gone;
    for (Node node : wiring.graph().nodes()) {
      if (node.operator() instanceof BatchNorm) {
        Slice vector = Slice.ofVector(kept(wiring.outputs(node.name())));
        node.operator().parameters().forEach(name -> slices.put(name, vector));
      } else if (removal.connections().containsKey(node.name())) {
        cut(removal.connections().get(node.name()));
        fold(removal.connections().get(node.name()), network);
      }
    }
  }

  private int[] kept(int[] channels) {
    return IntStream.range(0, channels.length).filter(i -> !gone.get(channels[i])).toArray();
  }

  private void cut(Connections layer) {
    Node node = layer.node();
    int[] rows = kept(wiring.outputs(node.name()));
    int each = layer.inputs() / layer.groups();
    int[][] columns = new int[layer.groups()][];
    int[] inputs = wiring.inputs(node.name());
    for (int g = 0; g < columns.length; g++) {
      // A depthwise filter has one column, which goes with its row.
      columns[g] =
          inputs.length == 0
              ? new int[] {0}
              : kept(Arrays.copyOfRange(inputs, g * each, (g + 1) * each));
    }
    int group = layer.outputs() / layer.groups();
    int width = rows.length == 0 ? 0 : columns[rows[0] / group].length;
    long[] shape = wiring.graph().parameter(node.operator().weights().get(0)).shape().clone();
    shape[0] = rows.length;
    shape[1] = width;
    slices.put(
        node.operator().weights().get(0),
        new Slice(shape, rows, columns, group, each * layer.taps(), layer.taps()));
    if (Removal.bias(node) != null) {
      slices.put(Removal.bias(node), Slice.ofVector(rows));
    }
  }

  /** Adds what the constants among the inputs that go gave to each output that stays. */
  private void fold(Connections layer, Network network) {
    Node node = layer.node();
    int[] inputs = wiring.inputs(node.name());
    int[] rows = kept(wiring.outputs(node.name()));
    double[] sums = new double[layer.outputs()];
    float[] weights = network.values(node.operator().weights().get(0));
    for (int i = 0; i < inputs.length; i++) {
      double constant = gone.get(inputs[i]) ? removal.constant(layer, i) : 0;
      if (constant != 0 && !Double.isNaN(constant)) {
        for (int o : layer.readers(i).stream().toArray()) {
          sums[o] += constant * layer.sum(weights, o, i);
        }
      }
    }
    double[] kept = Arrays.stream(rows).mapToDouble(row -> sums[row]).toArray();
    if (Arrays.stream(kept).anyMatch(sum -> sum != 0)) {
      if (Removal.bias(node) != null) {
        additions.put(Removal.bias(node), kept);
      } else {
        // Where there is no bias, the batch normalization behind subtracts less.
        BatchNorm normalization = Removal.normalization(wiring.graph(), node.name());
        additions.put(normalization.runningMean(), Arrays.stream(kept).map(sum -> -sum).toArray());
      }
    }
  }

  /** The graph with smaller layers, all names as they were. */
  Graph graph() {
    Map<String, long[]> shapes = new HashMap<>();
    slices.forEach((name, slice) -> shapes.put(name, slice.shape()));
    return new Resizing(wiring.graph(), shapes).graph();
  }

  /** What is kept of some arrays, one for each parameter or for some of them. */
  Map<String, float[]> slice(Map<String, float[]> arrays) {
    Map<String, float[]> kept = new LinkedHashMap<>();
    arrays.forEach(
        (name, array) ->
            kept.put(name, slices.containsKey(name) ? slices.get(name).of(array) : array));
    return kept;
  }

  /** The values of the smaller network. */
  Map<String, float[]> values(Network network) {
    Map<String, float[]> values = new LinkedHashMap<>();
    for (ParameterSpec spec : wiring.graph().parameters()) {
      values.put(spec.name(), network.values(spec.name()));
    }
    Map<String, float[]> kept = slice(values);
    additions.forEach(
        (name, sums) -> {
          float[] array = kept.get(name);
          for (int i = 0; i < sums.length; i++) {
            array[i] = (float) (array[i] + sums[i]);
          }
        });
    return kept;
  }

  /** The part of a mask that is about what is kept. */
  Mask mask(Network network) {
    List<LayerMask> kept = new ArrayList<>();
    network
        .architecture()
        .structure()
        .prunable()
        .forEach(
            (layer, spec) -> {
              LayerMask mask = network.mask().layer(layer);
              Slice slice = slices.get(spec.name());
              kept.add(
                  slice == null
                      ? mask
                      : LayerMask.of(layer, slice.shape(), slice.of(mask.bytes())));
            });
    return Mask.of(kept);
  }
}
