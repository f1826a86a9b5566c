package kerf.experiment.robustness;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kerf.criterion.Criterion;
import kerf.data.Samples;
import kerf.display.Progress;
import kerf.experiment.Outcome;
import kerf.experiment.OutcomeWork;
import kerf.experiment.TrainingProgress;
import kerf.measure.NoiseScore;
import kerf.model.Network;
import kerf.pruning.Pruning;
import kerf.training.Checkpoint;
import kerf.training.Evaluator;
import kerf.training.LearningRate;
import kerf.training.Sgd;
import kerf.training.Step;
import kerf.training.Trained;
import kerf.training.Training;

/** The networks of the experiment, each trained and measured by itself. */
final class Networks extends OutcomeWork<Unit> {
  /** The hidden layer: the only one whose weights the article makes sparse. */
  private static final String HIDDEN = "fc1";

  private static final double SPARSITY = 0.7;

  private static final int BATCH = 64;

  private final Robustness plan;
  private final List<Samples> noisy;

  Networks(Robustness plan) {
    super(plan.identity().folder(plan.home()));
    this.plan = plan;
    this.noisy = NoiseScore.spoiled(plan.data().test(), 0);
  }

  @Override
  public void check() {
    super.check();
    for (Unit unit : units()) {
      training(unit).requireFits(unit.net().architecture().initialize(0), plan.data());
    }
  }

  @Override
  public String title() {
    return "robustness";
  }

  @Override
  public List<Unit> units() {
    List<Unit> units = new ArrayList<>();
    for (long seed : plan.seeds()) {
      plan.nets().forEach(net -> units.add(new Unit(seed, net)));
    }
    return units;
  }

  /** Only a pruned network starts from another. */
  @Override
  public List<Unit> needs(Unit unit) {
    return unit.net() == Net.PRUNED ? List.of(new Unit(unit.seed(), Net.DENSE)) : List.of();
  }

  @Override
  public long steps(Unit unit) {
    if (unit.net() == Net.PRUNED) {
      return finer(unit).steps(plan.data());
    }
    Training training = training(unit);
    int first = unit.net().settings().firstBatch();
    long all = training.steps(plan.data());
    return first == BATCH
        ? all
        : firstPass(training, first).steps(plan.data()) + all - training.perEpoch(plan.data());
  }

  private Training training(Unit unit) {
    int epochs = Math.min(unit.net().settings().epochs(), plan.epochs());
    return Training.defaults()
        .optimizer(unit.net().settings().optimizer())
        .learningRate(new LearningRate.Exponential(0.8))
        .batch(BATCH)
        .until(Step.epochs(epochs))
        .testEvery(epochs)
        .seed(unit.seed());
  }

  /** The first pass in small batches: duty cycles settle sooner. */
  private static Training firstPass(Training training, int batch) {
    return training.batch(batch).until(Step.epochs(1)).checkpointAt(Step.epochs(1));
  }

  /** One more pass at a tenth of the rate, for the weights that pruning leaves. */
  private Training finer(Unit unit) {
    return training(unit).optimizer(new Sgd(0.001).momentum(0.9)).until(Step.epochs(1));
  }

  @Override
  public Outcome run(Unit unit, Map<Unit, Outcome> needed, Progress progress) {
    TrainingProgress shown = new TrainingProgress(unit.toString(), progress);
    Trained trained;
    if (unit.net() == Net.PRUNED) {
      Network dense =
          needed
              .get(new Unit(unit.seed(), Net.DENSE))
              .network(Done.NETWORK, Net.DENSE.architecture());
      trained =
          train(finer(unit).hook(shown), Checkpoint.start(sparse(dense, Criterion.magnitude())));
    } else {
      trained = train(unit, shown);
    }
    return new Done(
            trained,
            NoiseScore.measure(trained, noisy),
            Evaluator.measure(trained, plan.data().train()).accuracy())
        .outcome();
  }

  private Trained train(Unit unit, TrainingProgress shown) {
    Checkpoint start = Checkpoint.start(fresh(unit));
    Training training = training(unit).hook(shown);
    int first = unit.net().settings().firstBatch();
    if (first != BATCH) {
      Trained passed = train(firstPass(training, first), start);
      start = passed.checkpoint(Step.epochs(1)).at(training.perEpoch(plan.data()));
    }
    return train(training, start);
  }

  private Trained train(Training training, Checkpoint start) {
    return training.resume(start, plan.data());
  }

  private Network fresh(Unit unit) {
    Network network = unit.net().architecture().initialize(unit.seed());
    return unit.net().weights() == Net.Weights.SPARSE
        ? sparse(network, Criterion.random(unit.seed()))
        : network;
  }

  private static Network sparse(Network network, Criterion criterion) {
    String[] others =
        network.layers().stream().filter(layer -> !layer.equals(HIDDEN)).toArray(String[]::new);
    return Pruning.plan().criterion(criterion).sparsity(SPARSITY).keep(others).prune(network);
  }

  @Override
  protected String path(Unit unit) {
    return unit.path();
  }
}
