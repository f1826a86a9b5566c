package kerf.experiment.calibration;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kerf.calibration.AccuracyRow;
import kerf.calibration.NetworkCalibration;
import kerf.data.Samples;
import kerf.display.Progress;
import kerf.experiment.Outcome;
import kerf.experiment.OutcomeWork;
import kerf.experiment.TrainingProgress;
import kerf.model.Network;
import kerf.training.Checkpoint;

/** Trains the networks, and quantizes each by every calibrator. */
final class CalibrationWork extends OutcomeWork<Unit> {
  /** The trained network. */
  static final String NETWORK = "network";

  /** Its accuracy in floats. */
  static final String FLOATS = "floats";

  /** Its accuracy with weights of 8 bits and activations in floats. */
  static final String WEIGHTS = "weights";

  /** Accuracies, width by width and in each the calibrators, as the plan lists them. */
  static final String ACCURACIES = "accuracies";

  private final Calibration plan;

  CalibrationWork(Calibration plan) {
    super(plan.identity().folder(plan.home()));
    this.plan = plan;
  }

  @Override
  public void check() {
    super.check();
    plan.training(0).requireFits(plan.network().initialize(0), plan.data());
  }

  @Override
  public String title() {
    return "calibration";
  }

  @Override
  public List<Unit> units() {
    List<Unit> units = new ArrayList<>();
    plan.seeds().forEach(seed -> units.add(Unit.training(seed)));
    for (long seed : plan.seeds()) {
      plan.images().forEach(images -> units.add(new Unit(seed, images)));
    }
    return units;
  }

  @Override
  public List<Unit> needs(Unit unit) {
    return unit.trains() ? List.of() : List.of(Unit.training(unit.seed()));
  }

  @Override
  public long steps(Unit unit) {
    return unit.trains()
        ? plan.training(unit.seed()).steps(plan.data())
        : NetworkCalibration.steps(plan.calibrators());
  }

  @Override
  public Outcome run(Unit unit, Map<Unit, Outcome> needed, Progress progress) {
    if (unit.trains()) {
      return Outcome.empty()
          .network(
              NETWORK,
              plan.training(unit.seed())
                  .hook(new TrainingProgress(unit.toString(), progress))
                  .resume(Checkpoint.start(plan.network().initialize(unit.seed())), plan.data()));
    }
    Network network = needed.get(Unit.training(unit.seed())).network(NETWORK, plan.network());
    Samples samples = plan.data().train().sample(unit.images(), unit.seed());
    NetworkCalibration found =
        NetworkCalibration.of(plan.calibrators(), network, samples, plan.data().test(), progress);
    return Outcome.empty()
        .number(FLOATS, found.floats())
        .number(WEIGHTS, found.weights())
        .curve(ACCURACIES, found.rows().stream().mapToDouble(AccuracyRow::accuracy).toArray());
  }

  @Override
  protected String path(Unit unit) {
    return unit.path();
  }
}
