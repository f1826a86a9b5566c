package kerf.measure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.DoubleStream;
import kerf.argument.Argument;
import kerf.data.Samples;
import kerf.display.Progress;
import kerf.model.Fit;
import kerf.model.Network;
import kerf.model.ParameterSpec;
import kerf.pruning.Pruning;
import kerf.training.Evaluator;
import kerf.training.Recalibration;

/**
 * A plan of a sensitivity scan: each layer by itself is pruned to each level, without retraining,
 * and the accuracy measured. Han et al. 2015, section 3.2 and figure 6.
 *
 * <p>Take validation images, not test images, if sparsities are then chosen by the curves.
 *
 * @param network the network; it stays as it is
 * @param pruning criterion, granularity and the layers to leave out ({@code keep}); its goals and
 *     its scope do not count
 * @param samples what accuracy is measured on; null until named
 * @param levels sparsities of a layer, ascending, in (0, 1)
 * @param calibration what batch normalization is recalibrated on after each pruning; null for not
 */
public record Sensitivity(
    Network network, Pruning pruning, Samples samples, List<Double> levels, Samples calibration) {
  /**
   * Checks the levels.
   *
   * @param network the network
   * @param pruning criterion, granularity and the layers to leave out
   * @param samples what accuracy is measured on; null until named
   * @param levels sparsities of a layer, ascending, in (0, 1)
   * @param calibration what batch normalization is recalibrated on; null for not
   */
  public Sensitivity {
    Argument.require("levels", levels);
    Argument.require("pruning", pruning);
    levels = List.copyOf(levels);
    double before = 0;
    for (double level : levels) {
      if (!(level > before && level < 1)) {
        throw new IllegalArgumentException(
            "levels must be ascending sparsities in (0, 1), found %s; for 80 %% write 0.8"
                .formatted(levels));
      }
      before = level;
    }
    if (levels.isEmpty()) {
      throw new IllegalArgumentException("a scan needs at least one level, found none");
    }
  }

  /**
   * A scan of magnitude pruning at 0.1, 0.2 and so on to 0.9.
   *
   * @param network the network
   * @return the plan; it still needs {@link #data}
   */
  public static Sensitivity of(Network network) {
    Argument.require("network", network);
    List<Double> tenths = DoubleStream.of(1, 2, 3, 4, 5, 6, 7, 8, 9).mapToObj(t -> t / 10).toList();
    return new Sensitivity(network, Pruning.plan(), null, tenths, null);
  }

  /**
   * Prunes otherwise.
   *
   * @param plan criterion, granularity and the layers to leave out
   * @return a new plan
   */
  public Sensitivity pruning(Pruning plan) {
    return new Sensitivity(network, plan, samples, levels, calibration);
  }

  /**
   * Measures on these samples.
   *
   * @param validation such as {@code mnist().validation()}
   * @return a new plan
   */
  public Sensitivity data(Samples validation) {
    Argument.require("validation", validation);
    return new Sensitivity(network, pruning, validation, levels, calibration);
  }

  /**
   * Prunes to other levels.
   *
   * @param sparsities of a layer, ascending, in (0, 1)
   * @return a new plan
   */
  public Sensitivity levels(double... sparsities) {
    Argument.require("sparsities", sparsities);
    return new Sensitivity(
        network, pruning, samples, DoubleStream.of(sparsities).boxed().toList(), calibration);
  }

  /**
   * Recalibrates batch normalization after each pruning; see {@link Recalibration}.
   *
   * @param training such as {@code data.train().sample(2_000, 0)}
   * @return a new plan
   */
  public Sensitivity recalibrated(Samples training) {
    Argument.require("training", training);
    return new Sensitivity(network, pruning, samples, levels, training);
  }

  /**
   * Prunes and measures, layers side by side on all cores; the result does not depend on how many
   * there are.
   *
   * @return the curves
   * @throws IllegalArgumentException if no data were named
   */
  public Curves scan() {
    ExecutorService threads =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try (Progress progress = Progress.start("sensitivity", steps())) {
      return scan(threads, progress);
    } finally {
      threads.shutdownNow();
    }
  }

  /**
   * Prunes and measures on the calling thread, as a part of something larger.
   *
   * @param progress the display of the whole; advanced by {@link #steps}
   * @return the same curves
   * @throws IllegalArgumentException if no data were named
   */
  public Curves scan(Progress progress) {
    return scan(Runnable::run, progress);
  }

  /**
   * Counts the measurements of a scan.
   *
   * @return one for the network as it is, and one for each layer and level
   */
  public long steps() {
    return 1L + (long) layers().size() * levels.size();
  }

  private List<String> layers() {
    return network.layers().stream().filter(layer -> !pruning.keep().contains(layer)).toList();
  }

  private Curves scan(Executor threads, Progress progress) {
    if (samples == null) {
      throw new IllegalArgumentException(
          "a sensitivity scan needs images to measure on, found none; add .data(mnist().validation())");
    }
    if (calibration != null) {
      Fit.require(network, calibration);
    }
    pruning.requireFits(network);
    List<String> layers = layers();
    double dense = accuracy(network);
    progress.advance();
    Map<String, List<Future<Double>>> futures = new LinkedHashMap<>();
    for (String layer : layers) {
      List<Future<Double>> own = new ArrayList<>();
      for (double level : levels) {
        FutureTask<Double> task =
            new FutureTask<>(
                () -> {
                  double accuracy = accuracy(alone(layers, layer, level).prune(network));
                  progress.advance();
                  return accuracy;
                });
        threads.execute(task);
        own.add(task);
      }
      futures.put(layer, own);
    }
    return curves(dense, futures);
  }

  private Curves curves(double dense, Map<String, List<Future<Double>>> futures) {
    List<Double> from0 = new ArrayList<>(List.of(0.0));
    from0.addAll(levels);
    Map<String, Long> positions = NetworkSize.positions(network);
    Map<String, ParameterSpec> weights = network.architecture().structure().prunable();
    List<LayerCurve> curves = new ArrayList<>();
    futures.forEach(
        (layer, accuracies) -> {
          List<Double> found = new ArrayList<>(List.of(dense));
          accuracies.forEach(future -> found.add(result(future)));
          curves.add(
              new LayerCurve(
                  layer,
                  network.mask().layer(layer).size(),
                  positions.getOrDefault(weights.get(layer).name(), 0L),
                  from0,
                  found));
        });
    return new Curves(pruning, curves);
  }

  private double accuracy(Network pruned) {
    Network measured =
        calibration == null ? pruned : Recalibration.recalibrated(pruned, calibration);
    return Evaluator.measure(measured, samples).accuracy();
  }

  /** The plan that prunes one layer and leaves the others as they are. */
  private Pruning alone(List<String> layers, String layer, double level) {
    Pruning plan = pruning;
    for (String other : layers) {
      plan = plan.sparsity(other, other.equals(layer) ? level : 0);
    }
    return plan;
  }

  private static double result(Future<Double> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted; run again to scan from the beginning");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new CompletionException(e.getCause());
    }
  }
}
