package kerf.calibration;

import java.util.LinkedHashMap;
import java.util.Map;
import kerf.data.Samples;
import kerf.model.Network;
import kerf.model.ParameterSpec;
import kerf.observer.Observer;
import kerf.observer.ObserverState;
import kerf.observer.Range;
import kerf.quantization.Folding;
import kerf.quantization.Mode;
import kerf.quantization.Points;
import kerf.quantization.QuantizedGraph;
import kerf.quantization.WeightForm;
import kerf.scheme.IntegerFormat;
import kerf.scheme.Quantizer;
import kerf.tensor.Scope;
import kerf.trace.Activations;
import kerf.trace.Convolution;
import kerf.trace.Graph;
import kerf.trace.Linear;
import kerf.trace.Node;

/**
 * A network, batch normalization folded, whose activations all observers have seen in one pass.
 * Every calibrator and width then gives a quantized network without looking again.
 */
final class WatchedNetwork {
  private static final IntegerFormat WEIGHTS = IntegerFormat.signed(8).restricted().perChannel();

  private final Calibrators plan;
  private final Network folded;
  private final Map<String, WeightForm> forms;
  private final Map<String, Watch> watches;

  private WatchedNetwork(
      Calibrators plan, Network folded, Map<String, WeightForm> forms, Map<String, Watch> watches) {
    this.plan = plan;
    this.folded = folded;
    this.forms = forms;
    this.watches = watches;
  }

  static WatchedNetwork of(Calibrators plan, Network network, Samples samples) {
    if (samples.size() == 0) {
      throw new IllegalArgumentException(
          "calibrators need images to look at, found none; give mnist().train().sample(512, 7)");
    }
    Network folded = Folding.fold(network);
    Graph graph = Graph.of(folded);
    Map<String, WeightForm> forms = new LinkedHashMap<>();
    for (Node node : graph.nodes()) {
      if (node.operator() instanceof Convolution || node.operator() instanceof Linear) {
        node.operator().weights().forEach(weight -> forms.put(weight, form(folded, graph, weight)));
      }
    }
    Map<String, Watch> watches = new LinkedHashMap<>();
    for (String point : Points.of(graph, forms.keySet(), false)) {
      if (!point.equals(graph.input().name())) {
        watches.put(point, new Watch(plan.observers(), plan.format()));
      }
    }
    watch(folded, samples, watches);
    return new WatchedNetwork(plan, folded, forms, watches);
  }

  private static void watch(Network folded, Samples samples, Map<String, Watch> watches) {
    String[] names = watches.keySet().toArray(String[]::new);
    Activations.of(folded, samples)
        .at(names)
        .forEach(
            (node, output) ->
                watches
                    .get(node.name())
                    .observe(Scope.floats(output), output.getShape().getShape()));
  }

  private static WeightForm form(Network network, Graph graph, String weight) {
    ParameterSpec spec = graph.parameter(weight);
    ObserverState state = Observer.minMax().start(WEIGHTS);
    state.observe(network.values(weight), spec.shape());
    return new WeightForm.Grid(state.quantizer());
  }

  /** Weights rounded, activations in floats. */
  Network floatActivations() {
    return new QuantizedGraph(folded, Mode.WEIGHT_ONLY, forms, Map.of()).simulated();
  }

  /** Weights rounded, and activations as a calibrator would have it at a width. */
  Network simulated(Observer observer, int bits) {
    IntegerFormat format = plan.format(bits);
    Map<String, Quantizer> points = new LinkedHashMap<>();
    watches.forEach(
        (point, watch) -> {
          Range range = watch.range(observer, format);
          points.put(point, format.quantizer(format.params(range.low(), range.high())));
        });
    return new QuantizedGraph(folded, Mode.STATIC, forms, points).simulated();
  }
}
