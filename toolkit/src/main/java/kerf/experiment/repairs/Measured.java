package kerf.experiment.repairs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import kerf.experiment.Outcome;
import kerf.experiment.Seeds;
import kerf.model.Architecture;
import kerf.model.Network;

/** What the run found, by unit and in the mean over seeds. */
final class Measured {
  private final PostTraining plan;
  private final Map<Unit, Outcome> units;

  Measured(PostTraining plan, Map<Unit, Outcome> units) {
    this.plan = plan;
    this.units = units;
  }

  List<Trial> trials() {
    List<Trial> rows = new ArrayList<>();
    for (Architecture network : plan.networks()) {
      plan.seeds().forEach(seed -> rows.add(trial(Unit.trained(network, seed))));
      for (int bits : plan.bits()) {
        for (Arm arm : Arm.quantized()) {
          plan.seeds().forEach(seed -> rows.add(trial(Unit.quantized(network, seed, arm, bits))));
        }
      }
    }
    if (plan.bits().contains(PostTraining.UNEVEN_BITS)) {
      Architecture first = plan.networks().get(0);
      for (Arm arm : Arm.uneven()) {
        plan.seeds()
            .forEach(
                seed -> rows.add(trial(Unit.uneven(first, seed, arm, PostTraining.UNEVEN_BITS))));
      }
    }
    return rows;
  }

  Trial trial(Unit unit) {
    Outcome outcome = units.get(unit);
    Outcome trained = units.get(Unit.trained(unit.network(), unit.seed()));
    double[] decibels = unit.arm() == Arm.FLOAT ? new double[] {Double.NaN} : decibels(unit);
    return new Trial(
        unit.kind(),
        unit.arm().toString(),
        unit.seed(),
        unit.bits(),
        outcome.number(RepairWork.FLOAT),
        outcome.number(RepairWork.ACCURACY),
        outcome.number(RepairWork.ACCURACY) / trained.number(RepairWork.ACCURACY),
        decibels[decibels.length - 1]);
  }

  /** Decibels of each layer's output. */
  double[] decibels(Unit unit) {
    Outcome outcome = units.get(unit);
    return outcome.divergence().isPresent()
        ? new double[] {Double.NaN}
        : outcome.curve(RepairWork.DECIBELS);
  }

  double mean(Architecture network, Arm arm, int bits, ToDoubleFunction<Trial> what) {
    return Seeds.mean(
        plan.seeds(), seed -> what.applyAsDouble(trial(Unit.quantized(network, seed, arm, bits))));
  }

  /** Of the first network, made uneven. */
  double uneven(Arm arm, ToDoubleFunction<Trial> what) {
    Architecture first = plan.networks().get(0);
    return Seeds.mean(
        plan.seeds(),
        seed -> what.applyAsDouble(trial(Unit.uneven(first, seed, arm, PostTraining.UNEVEN_BITS))));
  }

  double accuracy(Architecture network, Arm arm, int bits) {
    return mean(network, arm, bits, Trial::accuracy);
  }

  double trained(Architecture network) {
    return Seeds.mean(plan.seeds(), seed -> trial(Unit.trained(network, seed)).accuracy());
  }

  /** How much less accurate than the float network, as a fraction. */
  double lost(Architecture network, Arm arm, int bits) {
    return trained(network) - accuracy(network, arm, bits);
  }

  Network network(Architecture network, long seed) {
    Outcome outcome = units.get(Unit.trained(network, seed));
    if (outcome == null) {
      throw new IllegalArgumentException(
          "no %s with seed %d in this run; networks are %s, seeds %s"
              .formatted(
                  network.describe(),
                  seed,
                  plan.networks().stream().map(Architecture::describe).toList(),
                  plan.seeds()));
    }
    return outcome.network(RepairWork.NETWORK, network);
  }
}
