package kerf.experiment.connections;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import kerf.experiment.Outcome;
import kerf.experiment.Seeds;
import kerf.experiment.connections.Unit.Regularization;
import kerf.experiment.connections.Unit.Task;
import kerf.mask.LayerMask;
import kerf.mask.Mask;
import kerf.model.Network;
import kerf.picture.SurvivalMap;

/** The numbers of a run, as its tables, figures and claims need them. */
final class Measured {
  private final Connections plan;
  private final Map<Unit, Outcome> units;

  Measured(Connections plan, Map<Unit, Outcome> units) {
    this.plan = plan;
    this.units = units;
  }

  boolean has(Net net) {
    return plan.recipes().containsKey(net);
  }

  /** Refuses what was not part of the run. */
  void require(Net net) {
    if (!has(net)) {
      throw new IllegalArgumentException(
          "no %s in this run, which has %s; add it with networks(lenet300100(), lenet5())"
              .formatted(net, plan.recipes().keySet()));
    }
  }

  /** The round after which a network has the published size. */
  int published(Net net) {
    require(net);
    return plan.recipes().get(net).rounds();
  }

  int rounds(Net net) {
    return plan.rounds(net);
  }

  Network network(Net net, long seed, int round) {
    require(net);
    Outcome outcome = units.get(Unit.round(net, seed, round));
    if (outcome == null) {
      throw new IllegalArgumentException(
          "no round %d of %s with seed %d; this run has rounds 0 to %d and seeds %s"
              .formatted(round, net, seed, rounds(net), plan.seeds()));
    }
    return outcome.network(Trainings.NETWORK, net.architecture());
  }

  /** The mean over the seeds. */
  double mean(ToDoubleFunction<Long> ofSeed) {
    return Seeds.mean(plan.seeds(), ofSeed);
  }

  double accuracy(Unit unit) {
    return units.get(unit).number(Trainings.ACCURACY);
  }

  double density(Unit unit) {
    return units.get(unit).number(Trainings.DENSITY);
  }

  /** How much more accurate a round is than the dense network, mean over the seeds. */
  double gain(Net net, int round) {
    return mean(
        seed -> accuracy(Unit.round(net, seed, round)) - accuracy(Unit.round(net, seed, 0)));
  }

  /** The fraction kept after a round. */
  double density(Net net, int round) {
    return mean(seed -> density(Unit.round(net, seed, round)));
  }

  /**
   * How much more accurate a network that was pruned at once is than the dense one trained with L2,
   * mean over the seeds.
   */
  double once(Regularization regularization, int round, String when) {
    return mean(
        seed ->
            units
                    .get(new Unit(Net.LENET_300_100, seed, Task.ONCE, regularization, round))
                    .number(when)
                - accuracy(Unit.round(Net.LENET_300_100, seed, 0)));
  }

  /**
   * Validation accuracies at the plan's levels where one layer alone is pruned, mean over seeds.
   */
  double scan(Net net, String layer, int level) {
    return mean(
        seed ->
            units.get(new Unit(net, seed, Task.SENSITIVITY, Regularization.L2, 0))
                .curve(Trainings.SCAN + layer, plan.levels().size() + 1)[level + 1]);
  }

  /**
   * The points of figure 6. A layer that only the other network has gets one without a value, so
   * that every layer has the same colour in both panels.
   */
  List<SensitivityPoint> sensitivities(Net net) {
    List<SensitivityPoint> points = new ArrayList<>();
    for (long seed : plan.seeds()) {
      Outcome outcome = units.get(new Unit(net, seed, Task.SENSITIVITY, Regularization.L2, 0));
      for (String layer : layerNames()) {
        double[] accuracies =
            net.kept().containsKey(layer)
                ? outcome.curve(Trainings.SCAN + layer, plan.levels().size() + 1)
                : new double[] {Double.NaN};
        for (int i = 0; i < accuracies.length; i++) {
          double kept = i == 0 ? 1 : 1 - plan.levels().get(i - 1);
          points.add(new SensitivityPoint(net.toString(), layer, seed, kept, accuracies[i]));
        }
      }
    }
    return points;
  }

  private static Set<String> layerNames() {
    Set<String> names = new LinkedHashSet<>();
    for (Net net : Net.values()) {
      names.addAll(net.kept().keySet());
    }
    return names;
  }

  TradeoffPoint point(
      String curve, long seed, int round, Regularization regularization, String when) {
    Unit unit = new Unit(Net.LENET_300_100, seed, Task.ONCE, regularization, round);
    return change(curve, unit, units.get(unit).number(when));
  }

  TradeoffPoint iterated(String curve, long seed, int round) {
    Unit unit = Unit.round(Net.LENET_300_100, seed, round);
    return change(curve, unit, accuracy(unit));
  }

  private TradeoffPoint change(String curve, Unit unit, double accuracy) {
    double dense = accuracy(Unit.round(unit.net(), unit.seed(), 0));
    return new TradeoffPoint(curve, unit.seed(), 1 - density(unit), accuracy - dense);
  }

  SurvivalMap survivalMap(long seed) {
    return SurvivalMap.of(network(Net.LENET_300_100, seed, published(Net.LENET_300_100)));
  }

  List<Prune> rows() {
    List<Prune> rows = new ArrayList<>();
    units.forEach(
        (unit, outcome) -> {
          if (unit.task() != Task.SENSITIVITY) {
            rows.add(row(unit, outcome));
          }
        });
    return rows;
  }

  private double quality(Unit unit, String layer) {
    return units.get(unit).number(Trainings.QUALITY + layer);
  }

  private static Prune row(Unit unit, Outcome outcome) {
    double density = outcome.number(Trainings.DENSITY);
    long all = Mask.ones(shapes(unit.net())).size();
    return new Prune(
        unit.net().toString(),
        unit.seed(),
        unit.task().toString(),
        unit.regularization().toString(),
        unit.round(),
        Outcome.count(density * all),
        density,
        1 / density,
        unit.task() == Task.DENSE ? Double.NaN : outcome.number(Trainings.START),
        outcome.number(Trainings.ACCURACY));
  }

  private static Map<String, long[]> shapes(Net net) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    net.architecture()
        .structure()
        .prunable()
        .forEach((layer, spec) -> shapes.put(layer, spec.shape()));
    return shapes;
  }

  List<LayerResult> layers() {
    List<LayerResult> rows = new ArrayList<>();
    for (Net net : plan.recipes().keySet()) {
      int round = published(net);
      Unit first = Unit.round(net, plan.seeds().get(0), round);
      boolean diverged = units.get(first).divergence().isPresent();
      shapes(net)
          .forEach(
              (layer, shape) -> {
                LayerMask whole = Mask.ones(Map.of(layer, shape)).layer(layer);
                LayerMask kept =
                    diverged ? whole : network(net, first.seed(), round).mask().layer(layer);
                rows.add(
                    new LayerResult(
                        net.toString(),
                        layer,
                        whole.size(),
                        diverged ? null : (Long) (long) kept.kept(),
                        diverged ? Double.NaN : kept.density(),
                        net.kept().get(layer),
                        mean(seed -> quality(Unit.round(net, seed, round), layer))));
              });
    }
    return rows;
  }
}
