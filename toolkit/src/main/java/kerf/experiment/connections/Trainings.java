package kerf.experiment.connections;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerf.display.Progress;
import kerf.experiment.Outcome;
import kerf.experiment.OutcomeWork;
import kerf.experiment.TrainingProgress;
import kerf.experiment.connections.Unit.Regularization;
import kerf.experiment.connections.Unit.Task;
import kerf.mask.LayerMask;
import kerf.mask.Mask;
import kerf.measure.LayerCurve;
import kerf.measure.Sensitivity;
import kerf.model.Network;
import kerf.pruning.Pruning;
import kerf.training.Checkpoint;
import kerf.training.Trained;
import kerf.training.Training;

/** The trainings and scans of the experiment, and what each leaves. */
final class Trainings extends OutcomeWork<Unit> {
  /** The trained network. */
  static final String NETWORK = "network";

  /** Its test accuracy. */
  static final String ACCURACY = "accuracy";

  /** Its test accuracy before it was retrained. */
  static final String START = "start";

  /** Its density. */
  static final String DENSITY = "density";

  /** Before a layer's name: the quality parameter of its pruning. */
  static final String QUALITY = "quality ";

  /** Before a layer's name: its validation accuracies, where it alone is pruned. */
  static final String SCAN = "scan ";

  private final Connections plan;

  Trainings(Connections plan) {
    super(plan.identity().folder(plan.home()));
    this.plan = plan;
  }

  @Override
  public void check() {
    super.check();
    plan.recipes()
        .forEach(
            (net, recipe) -> {
              Network fresh = net.architecture().initialize(0);
              for (Training training : List.of(recipe.dense(), recipe.retrain(), recipe.last())) {
                training.requireFits(fresh, plan.data());
              }
              net.pruning(1).requireFits(fresh);
            });
  }

  @Override
  public String title() {
    return "connections";
  }

  /** The longest chain first, so that it is not what everything waits for at the end. */
  @Override
  public List<Unit> units() {
    List<Unit> units = new ArrayList<>();
    for (Net net : List.of(Net.LENET_5, Net.LENET_300_100)) {
      if (plan.recipes().containsKey(net)) {
        for (long seed : plan.seeds()) {
          for (int round = 0; round <= plan.rounds(net); round++) {
            units.add(Unit.round(net, seed, round));
          }
          units.addAll(net == Net.LENET_300_100 ? tradeoff(seed) : List.of());
          units.add(new Unit(net, seed, Task.SENSITIVITY, Regularization.L2, 0));
        }
      }
    }
    return units;
  }

  /** What figure 5 shows besides the rounds. */
  private List<Unit> tradeoff(long seed) {
    List<Unit> units = new ArrayList<>();
    units.add(Unit.dense(Net.LENET_300_100, seed, Regularization.L1));
    for (Regularization regularization : Regularization.values()) {
      for (int round = 1; round <= plan.rounds(Net.LENET_300_100); round++) {
        units.add(new Unit(Net.LENET_300_100, seed, Task.ONCE, regularization, round));
      }
    }
    return units;
  }

  @Override
  public List<Unit> needs(Unit unit) {
    return switch (unit.task()) {
      case DENSE -> List.of();
      case ROUND -> List.of(Unit.round(unit.net(), unit.seed(), unit.round() - 1));
      case ONCE, SENSITIVITY -> List.of(Unit.dense(unit.net(), unit.seed(), unit.regularization()));
    };
  }

  @Override
  public long steps(Unit unit) {
    return unit.task() == Task.SENSITIVITY
        ? 1L + (long) unit.net().kept().size() * plan.levels().size()
        : training(unit).steps(plan.data());
  }

  private Training training(Unit unit) {
    Recipe recipe = plan.recipes().get(unit.net());
    Training training = unit.task() == Task.DENSE ? recipe.dense() : recipe.training(unit.round());
    return unit.regularization() == Regularization.L1 ? plan.withL1(training) : training;
  }

  @Override
  public Outcome run(Unit unit, Map<Unit, Outcome> needed, Progress progress) {
    if (unit.task() == Task.DENSE) {
      Network start = unit.net().architecture().initialize(unit.seed());
      return trained(unit, start, progress);
    }
    Network before = needed.values().iterator().next().network(NETWORK, unit.net().architecture());
    if (unit.task() == Task.SENSITIVITY) {
      return scan(before, progress);
    }
    Pruning pruning = unit.net().pruning(plan.recipes().get(unit.net()).way(unit.round()));
    Outcome outcome = trained(unit, pruning.prune(before), progress);
    for (Map.Entry<String, Double> layer : qualities(before, pruning).entrySet()) {
      outcome = outcome.number(QUALITY + layer.getKey(), layer.getValue());
    }
    return outcome;
  }

  private Outcome trained(Unit unit, Network start, Progress progress) {
    Trained trained =
        training(unit)
            .seed(unit.orderSeed())
            .hook(new TrainingProgress(unit.toString(), progress))
            .resume(Checkpoint.start(start), plan.data());
    Outcome outcome =
        Outcome.empty()
            .number(START, trained.history().evaluations().get(0).testAccuracy())
            .number(ACCURACY, trained.history().last().testAccuracy())
            .number(DENSITY, trained.mask().density());
    return unit.task() == Task.ONCE ? outcome : outcome.network(NETWORK, trained);
  }

  /**
   * The threshold of each layer over the standard deviation of the weights it still has: the
   * article's quality parameter (section 3).
   */
  private static Map<String, Double> qualities(Network before, Pruning pruning) {
    Map<String, Double> qualities = new LinkedHashMap<>();
    Mask after = pruning.mask(before);
    for (LayerMask layer : before.mask().layers()) {
      float[] weights = before.weights(layer.name());
      double sum = 0;
      double squares = 0;
      double threshold = 0;
      for (int index : layer.survivors()) {
        sum += weights[index];
        squares += (double) weights[index] * weights[index];
        if (!after.layer(layer.name()).keeps(index)) {
          threshold = Math.max(threshold, Math.abs(weights[index]));
        }
      }
      double mean = sum / layer.kept();
      qualities.put(layer.name(), threshold / Math.sqrt(squares / layer.kept() - mean * mean));
    }
    return qualities;
  }

  private Outcome scan(Network dense, Progress progress) {
    Outcome outcome = Outcome.empty();
    for (LayerCurve layer : sensitivity(dense).scan(progress).layers()) {
      outcome =
          outcome.curve(
              SCAN + layer.layer(),
              layer.accuracies().stream().mapToDouble(Double::doubleValue).toArray());
    }
    return outcome;
  }

  private Sensitivity sensitivity(Network dense) {
    return Sensitivity.of(dense)
        .levels(plan.levels().stream().mapToDouble(Double::doubleValue).toArray())
        .data(plan.data().validation());
  }

  @Override
  protected String path(Unit unit) {
    return unit.path();
  }
}
