package kerf.experiment.robustness;

import java.util.ArrayList;
import java.util.List;
import kerf.experiment.Outcome;
import kerf.measure.NoiseLevel;
import kerf.measure.NoiseScore;
import kerf.model.Architecture;
import kerf.model.Network;

/**
 * What a finished unit leaves.
 *
 * @param network the trained network
 * @param score how it bears noise
 * @param trainingAccuracy its accuracy on the training images
 */
record Done(Network network, NoiseScore score, double trainingAccuracy) {
  /** What the trained network is called in the outcome. */
  static final String NETWORK = "network";

  Outcome outcome() {
    List<NoiseLevel> levels = score.levels();
    return Outcome.empty()
        .network(NETWORK, network)
        .curve("noise", levels.stream().mapToDouble(NoiseLevel::noise).toArray())
        .curve("correct", levels.stream().mapToDouble(NoiseLevel::correct).toArray())
        .number("images", levels.get(0).images())
        .number("trainingAccuracy", trainingAccuracy);
  }

  static Done of(Outcome outcome, Architecture architecture) {
    double[] noise = outcome.curve("noise");
    double[] correct = outcome.curve("correct");
    long images = (long) outcome.number("images");
    List<NoiseLevel> levels = new ArrayList<>();
    for (int i = 0; i < noise.length; i++) {
      levels.add(new NoiseLevel(noise[i], (long) correct[i], images, correct[i] / images));
    }
    return new Done(
        outcome.network(NETWORK, architecture),
        new NoiseScore(levels),
        outcome.number("trainingAccuracy"));
  }

  Trial trial(Unit unit) {
    List<NoiseLevel> levels = score.levels();
    return new Trial(
        unit.net().toString(),
        unit.seed(),
        network.mask().density(),
        levels.get(0).accuracy(),
        levels.get(levels.size() - 1).accuracy(),
        (long) Math.rint((double) score.correct() / score.images() * Published.IMAGES),
        trainingAccuracy);
  }
}
