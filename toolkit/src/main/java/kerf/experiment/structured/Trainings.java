package kerf.experiment.structured;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kerf.display.Progress;
import kerf.experiment.Outcome;
import kerf.experiment.OutcomeWork;
import kerf.experiment.TrainingProgress;
import kerf.measure.NetworkSize;
import kerf.model.Network;
import kerf.training.Checkpoint;
import kerf.training.Trained;
import kerf.training.Training;

/** The trainings of the experiment, and what each leaves. */
final class Trainings extends OutcomeWork<Unit> {
  /** The trained network; a slim one under the parameter names it shares with the dense one. */
  static final String NETWORK = "network";

  /** Its test accuracy. */
  static final String ACCURACY = "accuracy";

  /** Its test accuracy before it was trained. */
  static final String START = "start";

  /** How many weights it has that are not masked. */
  static final String WEIGHTS = "weights";

  /** How many multiplications an image takes, those by a masked weight left out. */
  static final String MACS = "macs";

  /** How many passes it was trained for. */
  static final String EPOCHS = "epochs";

  private final Structured plan;
  private final Cutter cutter;

  Trainings(Structured plan, Cutter cutter) {
    super(plan.identity().folder(plan.home()));
    this.plan = plan;
    this.cutter = cutter;
  }

  @Override
  public void check() {
    super.check();
    Network fresh = plan.network().initialize(0);
    plan.protocol().scratch(plan.protocol().epochs()).requireFits(fresh, plan.data());
    plan.protocol().fineTuning().requireFits(fresh, plan.data());
  }

  @Override
  public String title() {
    return "structured";
  }

  /** All dense ones first: everything else waits for them. */
  @Override
  public List<Unit> units() {
    List<Unit> units = new ArrayList<>();
    plan.seeds().forEach(seed -> units.add(Unit.dense(seed)));
    for (long seed : plan.seeds()) {
      for (double kept : plan.kept()) {
        Arm.pruned().forEach(arm -> units.add(new Unit(seed, arm, kept)));
      }
    }
    return units;
  }

  /** What starts from scratch needs the dense network too: it decides what is cut away. */
  @Override
  public List<Unit> needs(Unit unit) {
    return unit.arm() == Arm.DENSE ? List.of() : List.of(Unit.dense(unit.seed()));
  }

  @Override
  public long steps(Unit unit) {
    return training(unit).steps(plan.data());
  }

  private int epochs(Unit unit) {
    if (unit.arm() == Arm.SLIM_SCRATCH_B) {
      return plan.protocol().budgetEpochs(cutter.dense().macs(), cutter.slim(unit.kept()).macs());
    }
    return unit.arm().fromScratch() ? plan.protocol().epochs() : plan.protocol().fineTuneEpochs();
  }

  private Training training(Unit unit) {
    Training training =
        unit.arm().fromScratch()
            ? plan.protocol().scratch(epochs(unit))
            : plan.protocol().fineTuning();
    return training.seed(unit.freshSeed());
  }

  @Override
  public Outcome run(Unit unit, Map<Unit, Outcome> needed, Progress progress) {
    Trained trained =
        training(unit)
            .hook(new TrainingProgress(unit.toString(), progress))
            .resume(Checkpoint.start(start(unit, needed)), plan.data());
    NetworkSize size = NetworkSize.of(trained);
    return Outcome.empty()
        .number(START, trained.history().evaluations().get(0).testAccuracy())
        .number(ACCURACY, trained.history().last().testAccuracy())
        .number(WEIGHTS, trained.mask().kept())
        .number(MACS, size.effectiveMacs())
        .number(EPOCHS, epochs(unit))
        .network(NETWORK, trained);
  }

  private Network start(Unit unit, Map<Unit, Outcome> needed) {
    if (unit.arm() == Arm.DENSE) {
      return plan.network().initialize(unit.freshSeed());
    }
    Network dense = needed.get(Unit.dense(unit.seed())).network(NETWORK, plan.network());
    Network cut = cutter.cut(dense, unit);
    return unit.arm().fromScratch() ? cut.reinitialize(unit.freshSeed()) : cut;
  }

  @Override
  protected String path(Unit unit) {
    return unit.path();
  }
}
