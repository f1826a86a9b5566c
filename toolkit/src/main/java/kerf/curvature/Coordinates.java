package kerf.curvature;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import kerf.mask.LayerMask;
import kerf.model.Network;
import kerf.model.ParameterSpec;

/**
 * The trained parameters of a network as one long vector: layer after layer in the order of its
 * structure, each in C order.
 */
public final class Coordinates {
  private final Map<String, Integer> starts = new LinkedHashMap<>();
  private final Map<String, ParameterSpec> weights;
  private final List<ParameterSpec> parameters;
  private final int size;

  private Coordinates(Network network) {
    this.weights = network.architecture().structure().prunable();
    this.parameters =
        network.architecture().structure().parameters().stream()
            .filter(spec -> spec.role().trained())
            .toList();
    int end = 0;
    for (ParameterSpec spec : parameters) {
      starts.put(spec.name(), end);
      end += spec.size();
    }
    this.size = end;
  }

  /**
   * Numbers the parameters of a network.
   *
   * @param network the network
   * @return its coordinates; the same for every network of its architecture
   */
  public static Coordinates of(Network network) {
    return new Coordinates(network);
  }

  /**
   * Counts the parameters.
   *
   * @return weights, pruned or not, and biases, scales and shifts
   */
  public int size() {
    return size;
  }

  /** The parameters, in order. */
  List<ParameterSpec> parameters() {
    return parameters;
  }

  /**
   * Finds a layer's weights.
   *
   * @param layer the layer's name, such as {@code fc1}
   * @return where the first of them stands
   */
  public int first(String layer) {
    return starts.get(weights.get(layer).name());
  }

  /**
   * Lists what is not pruned.
   *
   * @param network a network of this architecture
   * @return places, ascending: all parameters but the weights that the network's mask prunes
   */
  public int[] kept(Network network) {
    boolean[] pruned = new boolean[size];
    for (LayerMask layer : network.mask().layers()) {
      for (int i = 0; i < layer.size(); i++) {
        pruned[first(layer.name()) + i] = !layer.keeps(i);
      }
    }
    return IntStream.range(0, size).filter(place -> !pruned[place]).toArray();
  }

  /**
   * Writes the parameters of a network in a row.
   *
   * @param network a network of this architecture
   * @return a number a coordinate
   */
  public double[] values(Network network) {
    double[] values = new double[size];
    int at = 0;
    for (ParameterSpec spec : parameters) {
      for (float value : network.values(spec.name())) {
        values[at++] = value;
      }
    }
    return values;
  }

  /**
   * Puts a row of numbers in place of the parameters of a network.
   *
   * @param network a network of this architecture
   * @param values a number a coordinate
   * @return a network with those values, under the same mask
   */
  public Network revalued(Network network, double[] values) {
    Map<String, float[]> others = new LinkedHashMap<>();
    for (ParameterSpec spec : network.architecture().structure().parameters()) {
      others.put(spec.name(), network.values(spec.name()));
    }
    for (ParameterSpec spec : parameters) {
      others.put(spec.name(), part(values, starts.get(spec.name()), spec.size()));
    }
    return network.revalued(others);
  }

  /**
   * Cuts a row of numbers into those of each layer's weights.
   *
   * @param values a number a coordinate
   * @return a number a weight, by the layer's name
   */
  public Map<String, float[]> byLayer(double[] values) {
    Map<String, float[]> layers = new LinkedHashMap<>();
    weights.forEach((layer, spec) -> layers.put(layer, part(values, first(layer), spec.size())));
    return layers;
  }

  private static float[] part(double[] values, int from, int size) {
    float[] part = new float[size];
    for (int i = 0; i < size; i++) {
      part[i] = (float) values[from + i];
    }
    return part;
  }

  /** The parameter that a place belongs to, as its number among {@link #parameters}. */
  int parameter(int place) {
    int number = parameters.size() - 1;
    while (starts.get(parameters.get(number).name()) > place) {
      number--;
    }
    return number;
  }

  /** The place of a coordinate within its parameter. */
  int within(int place) {
    return place - starts.get(parameters.get(parameter(place)).name());
  }
}
