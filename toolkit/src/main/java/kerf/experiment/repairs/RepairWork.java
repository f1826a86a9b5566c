package kerf.experiment.repairs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kerf.data.Samples;
import kerf.display.Progress;
import kerf.experiment.Outcome;
import kerf.experiment.OutcomeWork;
import kerf.experiment.StepwiseSgd;
import kerf.experiment.TrainingProgress;
import kerf.model.Architecture;
import kerf.model.Network;
import kerf.quantization.Quantization;
import kerf.repair.Repaired;
import kerf.scheme.IntegerFormat;
import kerf.training.Checkpoint;
import kerf.training.Evaluator;
import kerf.training.Trained;
import kerf.training.Training;

/** The trainings and quantizations of the experiment, and what each leaves. */
final class RepairWork extends OutcomeWork<Unit> {
  /** The trained network. */
  static final String NETWORK = "network";

  /** The test accuracy. */
  static final String ACCURACY = "accuracy";

  /** The test accuracy of the float network that was rounded. */
  static final String FLOAT = "float";

  /** Decibels of each layer's output. */
  static final String DECIBELS = "decibels";

  /** A quantization advances the progress by so much, a training by its steps. */
  private static final long QUANTIZATION = 50;

  private final PostTraining plan;
  private final Samples calibration;

  RepairWork(PostTraining plan) {
    super(plan.home());
    this.plan = plan;
    this.calibration = plan.data().train().sample(plan.calibration(), 7);
  }

  @Override
  public void check() {
    super.check();
    for (Architecture network : plan.networks()) {
      training(0).requireFits(network.initialize(0), plan.data());
    }
  }

  @Override
  public String title() {
    return "repairs";
  }

  @Override
  public List<Unit> units() {
    List<Unit> units = new ArrayList<>();
    for (Architecture network : plan.networks()) {
      plan.seeds().forEach(seed -> units.add(Unit.trained(network, seed)));
    }
    for (Architecture network : plan.networks()) {
      for (long seed : plan.seeds()) {
        for (int bits : plan.bits()) {
          Arm.quantized().forEach(arm -> units.add(Unit.quantized(network, seed, arm, bits)));
        }
      }
    }
    if (plan.bits().contains(PostTraining.UNEVEN_BITS)) {
      Architecture first = plan.networks().get(0);
      for (long seed : plan.seeds()) {
        Arm.uneven()
            .forEach(arm -> units.add(Unit.uneven(first, seed, arm, PostTraining.UNEVEN_BITS)));
      }
    }
    return units;
  }

  @Override
  public List<Unit> needs(Unit unit) {
    return unit.arm() == Arm.FLOAT ? List.of() : List.of(Unit.trained(unit.network(), unit.seed()));
  }

  @Override
  public long steps(Unit unit) {
    return unit.arm() == Arm.FLOAT ? training(unit.seed()).steps(plan.data()) : QUANTIZATION;
  }

  private Training training(long seed) {
    return StepwiseSgd.falling(plan.epochs(), 0.1, 64).seed(seed);
  }

  @Override
  public Outcome run(Unit unit, Map<Unit, Outcome> needed, Progress progress) {
    if (unit.arm() == Arm.FLOAT) {
      return train(unit, progress);
    }
    Outcome outcome = quantize(unit, needed.get(Unit.trained(unit.network(), unit.seed())));
    progress.advance(QUANTIZATION);
    return outcome;
  }

  private Outcome train(Unit unit, Progress progress) {
    Network start = unit.network().initialize(unit.seed());
    Trained trained =
        training(unit.seed())
            .hook(new TrainingProgress(unit.toString(), progress))
            .resume(Checkpoint.start(start), plan.data());
    double accuracy = trained.history().last().testAccuracy();
    return Outcome.empty()
        .number(ACCURACY, accuracy)
        .number(FLOAT, accuracy)
        .network(NETWORK, trained);
  }

  private Outcome quantize(Unit unit, Outcome training) {
    Network trained = PostTraining.channels(unit, training.network(NETWORK, unit.network()));
    double exact =
        unit.arm().equalizes()
            ? accuracy(unit.arm().equalization().equalize(trained))
            : training.number(ACCURACY);
    Repaired repaired =
        unit.arm().repairs(plan.rounding().seed(unit.seed())).quantize(trained, quantization(unit));
    return Outcome.empty()
        .number(ACCURACY, accuracy(repaired))
        .number(FLOAT, exact)
        .curve(DECIBELS, repaired.decibels().values().stream().mapToDouble(own -> own).toArray());
  }

  /** Weights symmetric, with one scale a tensor; activations of 8 bits; every layer. */
  Quantization quantization(Unit unit) {
    IntegerFormat weights = IntegerFormat.signed(unit.bits()).restricted();
    return Quantization.plan()
        .weights(unit.arm() == Arm.PER_CHANNEL ? weights.perChannel() : weights)
        .ends()
        .calibrateOn(calibration);
  }

  private double accuracy(Network network) {
    return Evaluator.measure(network, plan.data().test()).accuracy();
  }

  /** In a folder of its network. */
  @Override
  protected String path(Unit unit) {
    return plan.identity(unit.network()).runId() + "/" + unit.path();
  }
}
