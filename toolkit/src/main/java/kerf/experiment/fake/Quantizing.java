package kerf.experiment.fake;

import java.util.LinkedHashMap;
import java.util.Map;
import kerf.experiment.Outcome;
import kerf.model.Network;
import kerf.observer.ObserverState;
import kerf.qat.Phase;
import kerf.qat.Qat;
import kerf.quantization.Quantization;
import kerf.quantization.QuantizedGraph;
import kerf.quantization.WeightForm;
import kerf.scheme.IntegerFormat;
import kerf.trace.Graph;
import kerf.training.Checkpoint;
import kerf.training.Evaluator;
import kerf.training.Step;
import kerf.training.Trained;
import kerf.training.Training;

/** Quantizes the network of a unit, all layers of it, after training or in it. */
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
    QuantizedGraph folded = quantization().quantize(trained).form();
    return accuracy(setting.folded() ? folded : unfolded(trained, folded));
  }

  private Quantization quantization() {
    Quantization every =
        Quantization.plan()
            .bits(bits)
            .ends()
            .calibrateOn(plan.data().train().first(plan.protocol().calibration()));
    return setting.perChannel() ? every.perChannel() : every.perTensor();
  }

  /** Grids for the weights as they are, and batch normalization a layer; activations the same. */
  private QuantizedGraph unfolded(Network trained, QuantizedGraph folded) {
    Map<String, WeightForm> forms = new LinkedHashMap<>();
    IntegerFormat format = (IntegerFormat) quantization().scheme().weights();
    for (String weight : folded.forms().keySet()) {
      ObserverState state = quantization().weightObserver().start(format);
      state.observe(trained.values(weight), Graph.of(trained).parameter(weight).shape());
      forms.put(weight, new WeightForm.Grid(state.quantizer()));
    }
    return new QuantizedGraph(trained, folded.mode(), forms, folded.points());
  }

  /** Trains a network that computes with rounded numbers. */
  Outcome inTraining(Network trained, Training training) {
    Trained learned =
        settling(training).resume(Checkpoint.start(qat().prepare(trained)), plan.data());
    return Outcome.empty()
        .number(Trainings.ACCURACY, learned.history().last().testAccuracy())
        .number(Trainings.CONVERTED, accuracy(Qat.convert(learned)))
        .network(Trainings.NETWORK, learned);
  }

  /** Activations are rounded once their ranges are known; in the end ranges stay as they are. */
  private Training settling(Training training) {
    double passes = plan.protocol().extraEpochs();
    return training
        .hook(Phase.delayActivations(Step.epochs(0.1 * passes)))
        .hook(Phase.freezeObservers(Step.epochs(0.6 * passes)))
        .hook(Phase.freezeBatchNorm(Step.epochs(0.6 * passes)));
  }

  /** The plan of training with fake quantization. */
  Qat qat() {
    Qat qat = Qat.of(quantization());
    return setting.folded() ? qat : qat.unfolded();
  }

  private double accuracy(QuantizedGraph quantized) {
    return Evaluator.measure(quantized.simulated(), plan.data().test()).accuracy();
  }
}
