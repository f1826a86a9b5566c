package kerf.experiment.fake;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import kerf.data.Samples;
import kerf.experiment.Outcome;
import kerf.model.Network;
import kerf.observer.Observer;
import kerf.observer.ObserverState;
import kerf.qat.Qat;
import kerf.quantization.Folding;
import kerf.quantization.Mode;
import kerf.quantization.Points;
import kerf.quantization.QuantizedGraph;
import kerf.quantization.WeightForm;
import kerf.scheme.IntegerFormat;
import kerf.scheme.Quantizer;
import kerf.tensor.Scope;
import kerf.trace.Activations;
import kerf.trace.Graph;
import kerf.training.Checkpoint;
import kerf.training.Evaluator;
import kerf.training.Trained;
import kerf.training.Training;

/** Quantizes the network of a unit, after training or in it. */
final class Quantizing {
  private final FakeQuantization plan;
  private final Setting setting;
  private final int bits;

  private Quantizing(FakeQuantization plan, Setting setting, int bits) {
    this.plan = plan;
    this.setting = setting;
    this.bits = bits;
  }

  static Quantizing of(FakeQuantization plan, Unit unit) {
    return new Quantizing(plan, unit.setting(), unit.bits());
  }

  /** The test accuracy of a network that is quantized and not trained any more. */
  double afterTraining(Network trained) {
    Network network = setting.folded() ? Folding.fold(trained) : trained;
    Graph graph = Graph.of(network);
    Map<String, WeightForm> forms = new LinkedHashMap<>();
    graph.nodes().stream()
        .flatMap(node -> node.operator().weights().stream())
        .forEach(
            name -> forms.put(name, weights(network.values(name), graph.parameter(name).shape())));
    Set<String> wanted = new LinkedHashSet<>(Points.of(graph, forms.keySet(), true));
    Map<String, Quantizer> points = calibrate(network, wanted);
    QuantizedGraph quantized = new QuantizedGraph(network, Mode.STATIC, forms, points);
    return Evaluator.measure(quantized.simulated(), plan.data().test()).accuracy();
  }

  private WeightForm weights(float[] values, long... shape) {
    IntegerFormat format = IntegerFormat.signed(bits).restricted();
    ObserverState state = OBS.start(setting.perChannel() ? format.perChannel() : format);
    state.observe(values, shape);
    return new WeightForm.Grid(state.quantizer());
  }

  static Observer OBS =
      switch (System.getProperty("obs", "minmax")) {
        case "mse" -> Observer.meanSquaredError();
        default -> Observer.minMax();
      };

  private Map<String, Quantizer> calibrate(Network network, Set<String> points) {
    Samples samples = plan.data().train().first(plan.protocol().calibration());
    Map<String, ObserverState> states = new LinkedHashMap<>();
    points.forEach(p -> states.put(p, OBS.start(IntegerFormat.unsigned(bits))));
    Activations.of(network, samples)
        .at(points.toArray(String[]::new))
        .forEach(
            (node, output) ->
                states
                    .get(node.name())
                    .observe(Scope.floats(output), output.getShape().getShape()));
    Map<String, Quantizer> found = new LinkedHashMap<>();
    states.forEach((p, s) -> found.put(p, s.quantizer()));
    return found;
  }

  /** Trains a network that computes with rounded numbers. */
  Outcome inTraining(Network trained, Training training) {
    Trained learned = training.resume(Checkpoint.start(qat().prepare(trained)), plan.data());
    Network converted = Qat.convert(learned).simulated();
    return Outcome.empty()
        .number(Trainings.ACCURACY, learned.history().last().testAccuracy())
        .number(Trainings.CONVERTED, Evaluator.measure(converted, plan.data().test()).accuracy())
        .network(Trainings.NETWORK, learned);
  }

  private Qat qat() {
    Qat qat = Qat.plan().bits(bits).withEnds();
    Qat spread = setting.perChannel() ? qat.perChannel() : qat.perTensor();
    return setting.folded() ? spread : spread.unfolded();
  }
}
