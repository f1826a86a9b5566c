package kerf.experiment.lottery;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kerf.criterion.Criterion;
import kerf.display.Progress;
import kerf.experiment.TrainingProgress;
import kerf.experiment.Work;
import kerf.mask.Mask;
import kerf.model.DivergedException;
import kerf.model.Network;
import kerf.pruning.Pruning;
import kerf.training.Checkpoint;
import kerf.training.Evaluator;
import kerf.training.Trained;
import kerf.training.Training;

/** The trainings of a lottery experiment: each level of each arm from those before it. */
final class Levels implements Work<Unit, Done> {
  private final Lottery plan;
  private final UnitFile files;

  Levels(Lottery plan) {
    this.plan = plan;
    this.files = new UnitFile(plan.identity().folder(plan.home()), plan.architecture());
  }

  @Override
  public void check() {
    Network fresh = plan.architecture().initialize(0);
    plan.training().requireFits(fresh, plan.data());
    long perEpoch = plan.training().perEpoch(plan.data());
    long steps = plan.training().steps(plan.data());
    if (plan.rewindTo().iterations(perEpoch) > steps) {
      throw new IllegalArgumentException(
          "rewindTo must lie within the training of %s (%,d iterations), found %s (%,d); rewind to an earlier step, or train longer"
              .formatted(
                  plan.training().until().words(),
                  steps,
                  plan.rewindTo().words(),
                  plan.rewindTo().iterations(perEpoch)));
    }
    plan.pruning().requireFits(fresh);
    if (plan.arms().contains(Arm.ONE_SHOT)) {
      Pruning any = plan.pruning().criterion(Criterion.random(0));
      plan.controlLevels().forEach(level -> OneShot.mask(any, fresh, level));
    }
    files.requireWritable();
  }

  @Override
  public String title() {
    return "lottery";
  }

  @Override
  public List<Unit> units() {
    List<Unit> units = new ArrayList<>();
    plan.seeds().forEach(seed -> units.addAll(plan.units(seed)));
    return units;
  }

  /** The dense network, whose start is rewound to, and the unit whose mask is taken further. */
  @Override
  public List<Unit> needs(Unit unit) {
    return unit.level() == 0 ? List.of() : List.of(dense(unit), before(unit));
  }

  private static Unit dense(Unit unit) {
    return new Unit(unit.seed(), Arm.TICKET, 0);
  }

  private static Unit before(Unit unit) {
    return switch (unit.arm()) {
      case TICKET -> new Unit(unit.seed(), Arm.TICKET, unit.level() - 1);
      case ONE_SHOT -> dense(unit);
      case REINITIALIZED, RANDOM_MASK -> new Unit(unit.seed(), Arm.TICKET, unit.level());
    };
  }

  @Override
  public long steps(Unit unit) {
    return plan.training().steps(plan.data());
  }

  @Override
  public Done run(Unit unit, Map<Unit, Done> needed, Progress progress) {
    Checkpoint from = start(unit, needed);
    Training training =
        plan.training().seed(unit.seed()).hook(new TrainingProgress(unit.toString(), progress));
    if (unit.arm() == Arm.TICKET && unit.level() == 0) {
      training = training.checkpointAt(plan.rewindTo());
    }
    progress.skip(from.iteration());
    Trained trained = training.resume(from, plan.data());
    return new Done.Trained(
        trained.history(),
        Evaluator.measure(trained, plan.data().train()).accuracy(),
        trained,
        unit.level() == 0 ? Optional.of(trained.checkpoint(plan.rewindTo())) : Optional.empty());
  }

  private Checkpoint start(Unit unit, Map<Unit, Done> needed) {
    if (unit.level() == 0) {
      return Checkpoint.start(plan.architecture().initialize(unit.seed()));
    }
    Checkpoint rewound = needed.get(dense(unit)).trained().rewind().orElseThrow();
    Network previous = needed.get(before(unit)).trained().network();
    return switch (unit.arm()) {
      case TICKET -> rewound.masked(plan.pruning().mask(previous));
      case ONE_SHOT -> rewound.masked(OneShot.mask(plan.pruning(), previous, unit.level()));
      case RANDOM_MASK -> rewound.masked(previous.mask().shuffled(unit.drawSeed()));
      case REINITIALIZED -> Checkpoint.start(fresh(unit, previous.mask()));
    };
  }

  private Network fresh(Unit unit, Mask mask) {
    return plan.architecture().initialize(unit.drawSeed()).masked(mask);
  }

  @Override
  public Optional<Done> diverged(Unit unit, DivergedException why) {
    return Optional.of(new Done.Diverged(why.getMessage()));
  }

  @Override
  public Optional<Done> read(Unit unit) {
    return files.read(unit);
  }

  @Override
  public void write(Unit unit, Done done) {
    files.write(unit, done);
  }
}
