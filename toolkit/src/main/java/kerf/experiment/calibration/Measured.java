package kerf.experiment.calibration;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kerf.experiment.Outcome;
import kerf.experiment.Seeds;
import kerf.model.Network;
import kerf.observer.Observer;

/** The numbers of a run, as its tables, figures and claims need them. */
final class Measured {
  private final Calibration plan;
  private final Map<Unit, Outcome> units;

  Measured(Calibration plan, Map<Unit, Outcome> units) {
    this.plan = plan;
    this.units = units;
  }

  /** The greatest number of calibration images. */
  int most() {
    return plan.images().get(plan.images().size() - 1);
  }

  List<Trial> trials() {
    List<Trial> rows = new ArrayList<>();
    for (int images : plan.images()) {
      for (int bits : plan.calibrators().bits()) {
        for (Observer observer : plan.calibrators().observers()) {
          for (long seed : plan.seeds()) {
            double accuracy = accuracy(observer, bits, images, seed);
            rows.add(
                new Trial(
                    observer.toString(), bits, images, seed, accuracy, floats(seed) - accuracy));
          }
        }
      }
    }
    return rows;
  }

  private double accuracy(Observer observer, int bits, int images, long seed) {
    List<Observer> observers = plan.calibrators().observers();
    int index =
        plan.calibrators().bits().indexOf(bits) * observers.size() + observers.indexOf(observer);
    int all = plan.calibrators().bits().size() * observers.size();
    return units.get(new Unit(seed, images)).curve(CalibrationWork.ACCURACIES, all)[index];
  }

  boolean has(Observer observer, int bits) {
    return plan.calibrators().bits().contains(bits)
        && plan.calibrators().observers().contains(observer);
  }

  double floats(long seed) {
    return units.get(new Unit(seed, most())).number(CalibrationWork.FLOATS);
  }

  /** Accuracy in floats, mean over the seeds. */
  double floats() {
    return Seeds.mean(plan.seeds(), this::floats);
  }

  /** Points won by quantizing the weights alone, mean over the seeds; as a rule below 0. */
  double weightsGain() {
    return Seeds.mean(
        plan.seeds(),
        seed -> units.get(new Unit(seed, most())).number(CalibrationWork.WEIGHTS) - floats(seed));
  }

  /** Accuracy won against floats, mean over the seeds, most images; as a rule below 0. */
  double gain(Observer observer, int bits) {
    return Seeds.mean(plan.seeds(), seed -> accuracy(observer, bits, most(), seed) - floats(seed));
  }

  /** The calibrator that loses least at a width. */
  Observer best(int bits) {
    Observer best = plan.calibrators().observers().get(0);
    for (Observer observer : plan.calibrators().observers()) {
      best = gain(observer, bits) > gain(best, bits) ? observer : best;
    }
    return best;
  }

  List<Summary> summaries() {
    return plan.calibrators().observers().stream()
        .map(observer -> Summary.of(this, observer))
        .toList();
  }

  Network network(long seed) {
    Outcome outcome = units.get(Unit.training(seed));
    if (outcome == null) {
      throw new IllegalArgumentException(
          "no seed %d in this run; seeds are %s".formatted(seed, plan.seeds()));
    }
    return outcome.network(CalibrationWork.NETWORK, plan.network());
  }
}
