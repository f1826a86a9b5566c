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
import kerf.model.DivergedException;

/**
 * Does the units of an experiment: each as soon as those it needs are done, one a thread, saved
 * when finished and read back when run again. One that fails keeps none from running but those that
 * need it: a night's work is not lost to a training that diverged.
 *
 * @param <U> names a unit; a value with {@code equals}
 * @param <D> what a finished unit leaves
 */
public final class Study<U, D> {
  private static final int THREADS = Runtime.getRuntime().availableProcessors();

  private final Work<U, D> work;

  /**
   * Makes a study of an experiment's work.
   *
   * @param work its units and how each is done
   */
  public Study(Work<U, D> work) {
    this.work = work;
  }

  /**
   * Does what is not done yet, on all cores, and reads back the rest.
   *
   * @return all results, by unit, in the order of the work
   * @throws CancellationException if the thread is interrupted; what was finished stays
   * @throws IllegalArgumentException if the plan cannot be carried out; nothing was done then
   * @throws IllegalStateException if units failed, once all others are done: says which
   */
  public Map<U, D> run() {
    List<U> order = List.copyOf(work.units());
    List<U> waiting = new ArrayList<>(order);
    Map<U, D> done = new LinkedHashMap<>();
    Map<U, Throwable> failed = new LinkedHashMap<>();
    order.forEach(unit -> work.read(unit).ifPresent(found -> done.put(unit, found)));
    waiting.removeAll(done.keySet());
    if (!waiting.isEmpty()) {
      work.check();
    }
    long steps = order.stream().mapToLong(work::steps).sum();
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try (Progress progress = Progress.start(work.title(), steps)) {
      done.keySet().forEach(unit -> progress.skip(work.steps(unit)));
      work(new ExecutorCompletionService<>(pool), waiting, done, failed, progress);
    } finally {
      pool.shutdownNow();
      settle(pool);
    }
    if (!failed.isEmpty()) {
      throw failure(failed, order.size() - done.size(), order.size());
    }
    Map<U, D> ordered = new LinkedHashMap<>();
    order.forEach(unit -> ordered.put(unit, done.get(unit)));
    return ordered;
  }

  /**
   * A unit is not handed to the pool before a thread is free, so that of those that could be done
   * it is the first in the order of the work: a long chain listed first is not kept waiting.
   */
  private void work(
      CompletionService<Ended<U, D>> pool,
      List<U> waiting,
      Map<U, D> done,
      Map<U, Throwable> failed,
      Progress progress) {
    int running = 0;
    while (!waiting.isEmpty() || running > 0) {
      List<U> ready =
          waiting.stream()
              .filter(unit -> done.keySet().containsAll(work.needs(unit)))
              .limit(THREADS - running)
              .toList();
      if (ready.isEmpty() && running == 0 && !failed.isEmpty()) {
        return;
      }
      if (ready.isEmpty() && running == 0) {
        throw new IllegalStateException(
            "every unit must need only units of the same study, found %s needing %s"
                .formatted(waiting.get(0), work.needs(waiting.get(0))));
      }
      for (U unit : ready) {
        Map<U, D> needed = new LinkedHashMap<>();
        work.needs(unit).forEach(need -> needed.put(need, done.get(need)));
        pool.submit(() -> finish(unit, needed, progress));
        running++;
      }
      waiting.removeAll(ready);
      Ended<U, D> ended = next(pool);
      if (ended.failure() == null) {
        done.put(ended.unit(), ended.result());
      } else {
        failed.put(ended.unit(), ended.failure());
      }
      running--;
    }
  }

  /** A unit with its result, or with what kept it from one. */
  private record Ended<U, D>(U unit, D result, Throwable failure) {}

  private Ended<U, D> finish(U unit, Map<U, D> needed, Progress progress) {
    try {
      D result = result(unit, needed, progress);
      work.write(unit, result);
      return new Ended<>(unit, result, null);
    } catch (CancellationException e) {
      throw e;
    } catch (RuntimeException | Error e) {
      // An error too, such as memory that ran out in one training, is no reason to lose the others.
      return new Ended<>(unit, null, e);
    }
  }

  private D result(U unit, Map<U, D> needed, Progress progress) {
    try {
      return work.run(unit, needed, progress);
    } catch (DivergedException e) {
      return work.diverged(unit, e).orElseThrow(() -> e);
    }
  }

  private static <U> IllegalStateException failure(Map<U, Throwable> failed, int missing, int all) {
    Map.Entry<U, Throwable> first = failed.entrySet().iterator().next();
    return new IllegalStateException(
        "no result of '%s', %d of %d are missing: %s; the others are kept, %s"
            .formatted(first.getKey(), missing, all, why(first.getValue()), cure(first.getValue())),
        first.getValue());
  }

  private static String why(Throwable failure) {
    boolean told = failure instanceof RuntimeException && failure.getMessage() != null;
    return told ? failure.getMessage() : failure.toString();
  }

  /** A plan that was refused would be refused again, and a training that diverged diverge. */
  private static String cure(Throwable failure) {
    if (failure instanceof IllegalArgumentException || failure instanceof DivergedException) {
      return "change the plan, and they are read back where it agrees with this one";
    }
    if (failure instanceof OutOfMemoryError) {
      return "run again with more memory (java -Xmx)";
    }
    return "run again to try what is missing";
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
}
