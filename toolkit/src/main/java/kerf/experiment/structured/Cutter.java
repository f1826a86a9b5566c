package kerf.experiment.structured;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerf.criterion.Criterion;
import kerf.experiment.structured.Arm.Pattern;
import kerf.granularity.Granularity;
import kerf.granularity.Norm;
import kerf.granularity.Scope;
import kerf.measure.NetworkSize;
import kerf.model.Architecture;
import kerf.model.Network;
import kerf.pruning.Pruning;
import kerf.slimming.Slimming;

/**
 * Prunes the network of a plan in every pattern. Each convolution loses the same fraction of its
 * filters, so all slim networks of a level have the same widths, whichever filters went; and where
 * single weights are pruned, as many stay as the slim network of the level has.
 */
final class Cutter {
  private static final int CONVOLUTION = 4;

  private final Architecture architecture;
  private final NetworkSize dense;
  private final Map<Double, NetworkSize> slim = new LinkedHashMap<>();

  Cutter(Architecture architecture, List<Double> levels) {
    this.architecture = architecture;
    Network fresh = architecture.initialize(0);
    this.dense = NetworkSize.of(fresh);
    levels.forEach(
        kept -> {
          Network masked = filters(Criterion.magnitude(), kept).prune(fresh);
          slim.put(kept, NetworkSize.of(Slimming.plan().slim(masked)));
        });
  }

  NetworkSize dense() {
    return dense;
  }

  /** How large the slim networks of a level are. */
  NetworkSize slim(double kept) {
    return slim.get(kept);
  }

  /**
   * Prunes a trained network: with a mask, or to a smaller network.
   *
   * @param network the dense network
   * @param unit in which pattern, and how much
   */
  Network cut(Network network, Unit unit) {
    Pruning pruning = pruning(unit);
    Network masked = pruning.prune(network);
    return unit.arm().slim() ? Slimming.plan().slim(masked) : masked;
  }

  private Pruning pruning(Unit unit) {
    Pattern pattern = unit.arm().pattern();
    return switch (pattern) {
      case GLOBAL -> weights(Scope.GLOBAL, unit.kept());
      case LAYERWISE -> weights(Scope.LAYERWISE, unit.kept());
      case FILTER_L1 -> filters(Criterion.magnitude(), unit.kept());
      case FILTER_L2 -> filters(Criterion.magnitude(Norm.L2), unit.kept());
      case RANDOM_FILTER -> filters(Criterion.random(unit.freshSeed()), unit.kept());
      case NONE -> throw new IllegalStateException("nothing is pruned of a dense network");
    };
  }

  private Pruning weights(Scope scope, double kept) {
    double density = (double) slim(kept).prunable() / dense.prunable();
    return Pruning.plan().scope(scope).sparsity(1 - density);
  }

  /** Only convolutions; a linear layer loses the inputs that come from a removed filter. */
  private Pruning filters(Criterion criterion, double kept) {
    String[] linear =
        architecture.structure().prunable().entrySet().stream()
            .filter(layer -> layer.getValue().shape().length != CONVOLUTION)
            .map(Map.Entry::getKey)
            .toArray(String[]::new);
    return Pruning.plan()
        .criterion(criterion)
        .granularity(Granularity.filters())
        .sparsity(1 - kept)
        .keep(linear);
  }
}
