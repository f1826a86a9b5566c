package kerf.experiment.fake;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kerf.display.Progress;
import kerf.experiment.Outcome;
import kerf.experiment.OutcomeWork;
import kerf.experiment.TrainingProgress;
import kerf.model.Network;
import kerf.training.Checkpoint;
import kerf.training.Trained;
import kerf.training.Training;

/** The trainings of the experiment, and what each leaves. */
final class Trainings extends OutcomeWork<Unit> {
  /** The network in floats: of quantized ones, the values that are rounded when they are used. */
  static final String NETWORK = "network";

  /** Its test accuracy, of a quantized one as it was trained. */
  static final String ACCURACY = "accuracy";

  /** Its test accuracy in plain layers, batch normalization folded whether it was before or not. */
  static final String CONVERTED = "converted";

  /** The bits of the networks that run in integers. */
  static final int INTEGER_BITS = 8;

  private final FakeQuantization plan;

  Trainings(FakeQuantization plan) {
    super(plan.identity().folder(plan.home()));
    this.plan = plan;
  }

  @Override
  public void check() {
    super.check();
    for (Unit unit : units()) {
      if (unit.stage() == Stage.FLOAT) {
        Network fresh = plan.architecture(unit).initialize(0);
        plan.protocol().scratch().requireFits(fresh, plan.data());
        plan.protocol().extra().requireFits(fresh, plan.data());
      }
    }
    // As many as are there, or a sentence.
    plan.data().train().first(plan.protocol().calibration());
  }

  @Override
  public String title() {
    return "fake quantization";
  }

  /** All that others wait for first. */
  @Override
  public List<Unit> units() {
    Set<Unit> units = new LinkedHashSet<>();
    long first = plan.seeds().get(0);
    // The widest takes longest.
    for (int i = plan.scales().size() - 1; i >= 0; i--) {
      Unit integers = integers(first, plan.scales().get(i));
      units.addAll(List.of(integers.trained(), integers.tuned(), integers));
    }
    for (Stage stage : List.of(Stage.FLOAT, Stage.TUNED)) {
      for (long seed : plan.seeds()) {
        units.add(Unit.ofFloat(seed, stage, Setting.PER_TENSOR, 1));
        units.add(Unit.ofFloat(seed, stage, Setting.RELU6, 1));
      }
    }
    for (long seed : plan.seeds()) {
      for (int bits : plan.bits()) {
        for (Setting setting : Setting.values()) {
          units.add(new Unit(seed, Stage.QAT, setting, bits, 1));
          units.add(new Unit(seed, Stage.PTQ, setting, bits, 1));
        }
      }
    }
    return List.copyOf(units);
  }

  /** The network that runs in integers; of the first seed alone. */
  static Unit integers(long seed, double scale) {
    return new Unit(seed, Stage.QAT, Setting.PER_CHANNEL, INTEGER_BITS, scale);
  }

  @Override
  public List<Unit> needs(Unit unit) {
    return unit.stage() == Stage.FLOAT ? List.of() : List.of(unit.trained());
  }

  @Override
  public long steps(Unit unit) {
    return unit.stage() == Stage.PTQ ? 1 : training(unit).steps(plan.data());
  }

  private Training training(Unit unit) {
    Training training =
        unit.stage() == Stage.FLOAT ? plan.protocol().scratch() : plan.protocol().extra();
    // One order of data for all that start from a network: what differs is what is done to it.
    return training.seed(unit.stage() == Stage.FLOAT ? unit.seed() : unit.seed() + 1_000_003);
  }

  @Override
  public Outcome run(Unit unit, Map<Unit, Outcome> needed, Progress progress) {
    if (unit.stage() == Stage.PTQ) {
      double accuracy = Quantizing.of(plan, unit).afterTraining(trained(unit, needed));
      progress.advance(steps(unit));
      return Outcome.empty().number(ACCURACY, accuracy);
    }
    Training training = training(unit).hook(new TrainingProgress(unit.toString(), progress));
    if (unit.stage() == Stage.QAT) {
      return Quantizing.of(plan, unit).inTraining(trained(unit, needed), training);
    }
    Network start =
        unit.stage() == Stage.FLOAT
            ? plan.architecture(unit).initialize(unit.seed())
            : trained(unit, needed);
    Trained trained = training.resume(Checkpoint.start(start), plan.data());
    return Outcome.empty()
        .number(ACCURACY, trained.history().last().testAccuracy())
        .network(NETWORK, trained);
  }

  private Network trained(Unit unit, Map<Unit, Outcome> needed) {
    return needed.get(unit.trained()).network(NETWORK, plan.architecture(unit));
  }

  @Override
  protected String path(Unit unit) {
    return unit.path();
  }
}
