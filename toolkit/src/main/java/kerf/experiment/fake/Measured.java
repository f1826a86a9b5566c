package kerf.experiment.fake;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import kerf.experiment.Outcome;
import kerf.model.Convnet;
import kerf.model.Network;

/** The numbers of a run, as its tables, figures and claims need them. */
final class Measured {
  private final FakeQuantization plan;
  private final Map<Unit, Outcome> units;
  private List<Speed> speeds;

  Measured(FakeQuantization plan, Map<Unit, Outcome> units) {
    this.plan = plan;
    this.units = units;
  }

  List<Trial> trials() {
    List<Trial> rows = new ArrayList<>();
    for (Unit unit : units.keySet()) {
      rows.add(
          new Trial(
              unit.stage().toString(),
              unit.stage().quantized() ? unit.setting().toString() : unit.rectifier(),
              widths(unit),
              unit.bits(),
              unit.seed(),
              accuracy(unit),
              unit.stage() == Stage.QAT ? Double.valueOf(converted(unit)) : null,
              100 * (accuracy(unit) - accuracy(unit.trained())),
              100 * fair(unit)));
    }
    return rows;
  }

  String widths(Unit unit) {
    return plan.architecture(unit).widths().stream()
        .map(String::valueOf)
        .collect(Collectors.joining("-"));
  }

  /**
   * What integers would reach, biases rounded too; without folding, which integers need, what was
   * simulated.
   */
  double accuracy(Unit unit) {
    return unit.stage() == Stage.QAT && unit.setting().folded()
        ? converted(unit)
        : units.get(unit).number(Trainings.ACCURACY);
  }

  /** Of QAT: in plain layers, batch normalization folded if it was not already. */
  double converted(Unit unit) {
    return units.get(unit).number(Trainings.CONVERTED);
  }

  /** The accuracy of every seed. */
  List<Double> accuracies(Stage stage, Setting setting, int bits) {
    return plan.seeds().stream().map(seed -> accuracy(unit(seed, stage, setting, bits))).toList();
  }

  Unit unit(long seed, Stage stage, Setting setting, int bits) {
    return stage.quantized()
        ? new Unit(seed, stage, setting, bits, 1)
        : Unit.ofFloat(seed, stage, setting, 1);
  }

  /** The mean accuracy over the seeds. */
  double mean(Stage stage, Setting setting, int bits) {
    return average(accuracies(stage, setting, bits));
  }

  /** How much more accurate than floats trained for as many passes, mean over the seeds. */
  double fair(Stage stage, Setting setting, int bits) {
    return average(
        plan.seeds().stream().map(seed -> fair(unit(seed, stage, setting, bits))).toList());
  }

  /** How much more accurate than floats trained for as many passes. */
  double fair(Unit unit) {
    return accuracy(unit) - accuracy(unit.rival());
  }

  /** The same, mean over all bit widths. */
  double fair(Stage stage, Setting setting) {
    return average(plan.bits().stream().map(bits -> fair(stage, setting, bits)).toList());
  }

  /** Of QAT without folding, once folded: as {@link #fair(Stage, Setting)}. */
  double foldedAfterwards() {
    List<Double> changes = new ArrayList<>();
    for (int bits : plan.bits()) {
      for (long seed : plan.seeds()) {
        Unit unit = unit(seed, Stage.QAT, Setting.NOT_FOLDED, bits);
        changes.add(converted(unit) - accuracy(unit.tuned()));
      }
    }
    return average(changes);
  }

  /** How much of what quantization after training loses is there after training with it. */
  double recovered(Setting setting, int bits) {
    double lost = -fair(Stage.PTQ, setting, bits);
    return (lost + fair(Stage.QAT, setting, bits)) / lost;
  }

  private static double average(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  /** A network as it was trained: one of QAT rounds as it computes. */
  Network network(Unit unit) {
    Outcome outcome = units.get(unit);
    if (outcome == null) {
      throw new IllegalArgumentException(
          "no %s of width %s in this run; its bits are %s, seeds %s, widths %s"
              .formatted(unit, unit.scale(), plan.bits(), plan.seeds(), plan.scales()));
    }
    Convnet floats = plan.architecture(unit);
    return outcome.network(
        Trainings.NETWORK,
        unit.stage().quantized()
            ? Quantizing.of(plan, unit).qat().prepare(floats.initialize(0)).architecture()
            : floats);
  }

  /** The accuracy of the network that runs in integers, as it was simulated. */
  double simulated(String widths) {
    return plan.scales().stream()
        .map(scale -> Trainings.integers(plan.seeds().get(0), scale))
        .filter(unit -> widths(unit).equals(widths))
        .mapToDouble(this::converted)
        .findFirst()
        .orElseThrow();
  }

  /** Measured once, after all training, so that nothing else runs meanwhile. */
  List<Speed> speeds() {
    if (speeds == null) {
      speeds = new Clock(plan, this).speeds();
    }
    return speeds;
  }
}
