package kerf.experiment.structured;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import kerf.experiment.Outcome;
import kerf.experiment.Seeds;
import kerf.measure.Latency;
import kerf.measure.NetworkSize;
import kerf.model.Network;

/** The numbers of a run, as its tables, figures and claims need them. */
final class Measured {
  private static final int LARGE_BATCH = 64;
  private static final int ROUNDS = 25;

  private final Structured plan;
  private final Cutter cutter;
  private final Map<Unit, Outcome> units;
  private List<Speed> speeds;

  Measured(Structured plan, Cutter cutter, Map<Unit, Outcome> units) {
    this.plan = plan;
    this.cutter = cutter;
    this.units = units;
  }

  List<Trial> trials() {
    List<Trial> rows = new ArrayList<>();
    plan.seeds().forEach(seed -> rows.add(trial(Unit.dense(seed))));
    for (Arm arm : Arm.pruned()) {
      for (double kept : plan.kept()) {
        plan.seeds().forEach(seed -> rows.add(trial(new Unit(seed, arm, kept))));
      }
    }
    return rows;
  }

  private Trial trial(Unit unit) {
    Outcome outcome = units.get(unit);
    double weights = outcome.number(Trainings.WEIGHTS);
    double macs = outcome.number(Trainings.MACS);
    return new Trial(
        unit.arm().toString(),
        unit.seed(),
        unit.kept(),
        Outcome.count(weights),
        weights / cutter.dense().prunable(),
        Outcome.count(macs),
        macs / cutter.dense().macs(),
        Outcome.count(outcome.number(Trainings.EPOCHS)),
        outcome.number(Trainings.START),
        outcome.number(Trainings.ACCURACY));
  }

  /** The mean over the seeds. */
  double mean(Arm arm, double kept, ToDoubleFunction<Trial> what) {
    return Seeds.mean(plan.seeds(), seed -> what.applyAsDouble(trial(new Unit(seed, arm, kept))));
  }

  /** How much more accurate an arm is than another at a level, mean over the seeds. */
  double gain(Arm arm, Arm than, double kept) {
    return mean(arm, kept, Trial::accuracy) - mean(than, kept, Trial::accuracy);
  }

  /** The same, mean over the levels. */
  double gain(Arm arm, Arm than) {
    return plan.kept().stream().mapToDouble(kept -> gain(arm, than, kept)).average().orElseThrow();
  }

  /** The fraction of weights that is left at a level. */
  double density(double kept) {
    return (double) cutter.slim(kept).prunable() / cutter.dense().prunable();
  }

  /** The fraction of multiplications that slimming leaves at a level. */
  double slimMacs(double kept) {
    return (double) cutter.slim(kept).macs() / cutter.dense().macs();
  }

  Network network(Arm arm, double kept, long seed) {
    Unit unit = arm == Arm.DENSE ? Unit.dense(seed) : new Unit(seed, arm, kept);
    Outcome outcome = units.get(unit);
    if (outcome == null) {
      throw new IllegalArgumentException(
          "no %s with %s of the filters and seed %d in this run; fractions are %s, seeds %s"
              .formatted(arm, kept, seed, plan.kept(), plan.seeds()));
    }
    if (!arm.slim()) {
      return outcome.network(Trainings.NETWORK, plan.network());
    }
    // What was cut follows from the dense network alone.
    Network dense = network(Arm.DENSE, 1, seed);
    return outcome.network(Trainings.NETWORK, cutter.cut(dense, unit).architecture());
  }

  /** Measured once, after all training, so that nothing else runs meanwhile. */
  List<Speed> speeds() {
    if (speeds == null) {
      speeds = clock();
    }
    return speeds;
  }

  private List<Speed> clock() {
    long seed = plan.seeds().get(0);
    double least = plan.kept().get(plan.kept().size() - 1);
    List<Unit> timed = new ArrayList<>(List.of(Unit.dense(seed)));
    timed.add(new Unit(seed, Arm.GLOBAL, least));
    plan.kept().forEach(kept -> timed.add(new Unit(seed, Arm.FILTER_L1, kept)));
    List<Network> networks =
        timed.stream().map(unit -> network(unit.arm(), unit.kept(), seed)).toList();
    List<Double> single = Latency.medians(networks, plan.data().test(), 1, ROUNDS);
    List<Double> large = Latency.medians(networks, plan.data().test(), LARGE_BATCH, ROUNDS);
    List<Speed> rows = new ArrayList<>();
    for (int i = 0; i < timed.size(); i++) {
      long macs = NetworkSize.of(networks.get(i)).effectiveMacs();
      rows.add(
          new Speed(
              timed.get(i).arm().toString(),
              timed.get(i).kept(),
              macs,
              (double) cutter.dense().macs() / macs,
              single.get(i),
              large.get(i),
              single.get(0) / single.get(i),
              large.get(0) / large.get(i)));
    }
    return rows;
  }
}
