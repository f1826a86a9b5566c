package kerf.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import kerf.display.Progress;
import kerf.mask.Mask;
import kerf.model.Network;
import kerf.training.Checkpoint;
import kerf.training.Evaluation;
import kerf.training.Run;
import kerf.training.Trained;
import kerf.training.Training;
import kerf.training.TrainingHook;

/**
 * Does the units of a lottery experiment: each as soon as the one it needs is done, one a thread,
 * saved when finished.
 *
 * <p>A unit's result follows from the plan, its seed, arm and level, never from what ran beside it
 * or before it.
 */
final class Study {
  private final Lottery plan;
  private final UnitFile files;
  private final long steps;

  Study(Lottery plan) {
    this.plan = plan;
    this.files = new UnitFile(plan.home().resolve(plan.identity().runId()), plan.architecture());
    this.steps = plan.training().until().iterations(plan.training().perEpoch(plan.data()));
  }

  /** All results, by unit, in the order of the plan. */
  Map<Unit, UnitFile.Done> run() {
    List<Unit> waiting = new ArrayList<>();
    plan.seeds().forEach(seed -> waiting.addAll(plan.units(seed)));
    List<Unit> order = List.copyOf(waiting);
    Map<Unit, UnitFile.Done> done = new LinkedHashMap<>();
    ExecutorService pool = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try (Progress progress = Progress.start("lottery", order.size() * steps)) {
      for (Unit unit : order) {
        files
            .read(unit)
            .ifPresent(
                found -> {
                  done.put(unit, found);
                  progress.skip(steps);
                });
      }
      waiting.removeAll(done.keySet());
      work(new ExecutorCompletionService<>(pool), waiting, done, progress);
    } finally {
      pool.shutdownNow();
      settle(pool);
    }
    Map<Unit, UnitFile.Done> ordered = new LinkedHashMap<>();
    order.forEach(unit -> ordered.put(unit, done.get(unit)));
    return ordered;
  }

  private void work(
      CompletionService<Map.Entry<Unit, UnitFile.Done>> pool,
      List<Unit> waiting,
      Map<Unit, UnitFile.Done> done,
      Progress progress) {
    int running = 0;
    while (!waiting.isEmpty() || running > 0) {
      List<Unit> ready =
          waiting.stream()
              .filter(unit -> needs(unit) == null || done.containsKey(needs(unit)))
              .toList();
      for (Unit unit : ready) {
        UnitFile.Done before = done.get(needs(unit));
        UnitFile.Done first = done.get(new Unit(unit.seed(), Arm.TICKET, 0));
        pool.submit(() -> Map.entry(unit, train(unit, first, before, progress)));
        running++;
      }
      waiting.removeAll(ready);
      Map.Entry<Unit, UnitFile.Done> finished = next(pool);
      done.put(finished.getKey(), finished.getValue());
      running--;
    }
  }

  /** The unit whose result a unit starts from. */
  private static Unit needs(Unit unit) {
    return switch (unit.arm()) {
      case TICKET -> unit.level() == 0 ? null : new Unit(unit.seed(), Arm.TICKET, unit.level() - 1);
      case ONE_SHOT -> new Unit(unit.seed(), Arm.TICKET, 0);
      case REINITIALIZED, RANDOM_MASK -> new Unit(unit.seed(), Arm.TICKET, unit.level());
    };
  }

  private UnitFile.Done train(
      Unit unit, UnitFile.Done dense, UnitFile.Done before, Progress progress) {
    Checkpoint from = start(unit, dense, before);
    Training training =
        plan.training().seed(unit.seed()).hook(new UnitProgress(unit, steps, progress));
    if (unit.arm() == Arm.TICKET && unit.level() == 0) {
      training = training.checkpointAt(plan.rewindTo());
    }
    progress.skip(from.iteration());
    Trained trained = training.resume(from, plan.data());
    UnitFile.Done done =
        new UnitFile.Done(
            trained.history(),
            trained,
            unit.level() == 0
                ? java.util.Optional.of(trained.checkpoint(plan.rewindTo()))
                : java.util.Optional.empty());
    files.write(unit, done);
    return done;
  }

  private Checkpoint start(Unit unit, UnitFile.Done dense, UnitFile.Done before) {
    if (unit.level() == 0) {
      return Checkpoint.start(plan.architecture().initialize(unit.seed()));
    }
    Checkpoint rewound = dense.rewind().orElseThrow();
    Network previous = before.network();
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

  private static <T> T next(CompletionService<T> pool) {
    try {
      return pool.take().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException(
          "interrupted; finished trainings are kept, run again to go on");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new CompletionException(e.getCause());
    }
  }

  /** Waits until no thread of ours computes any more, whatever interrupts this one meanwhile. */
  private static void settle(ExecutorService pool) {
    boolean interrupted = Thread.interrupted();
    boolean ended = false;
    while (!ended) {
      try {
        ended = pool.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Reports a training's steps to the progress of the whole, a hundred at a time. */
  private record UnitProgress(Unit unit, long steps, Progress progress) implements TrainingHook {
    private static final int STRIDE = 20;

    @Override
    public void afterStep(Run run) {
      if (run.iteration() % STRIDE == 0) {
        progress.advance(STRIDE);
      } else if (run.iteration() == run.total()) {
        progress.advance(run.iteration() % STRIDE);
      }
    }

    @Override
    public void afterEvaluation(Run run, Evaluation evaluation) {
      progress.message(
          "%s: validation %.1f %%".formatted(unit, 100 * evaluation.validationAccuracy()));
    }
  }
}
