package kerf.experiment.structured;

import kerf.experiment.StepwiseSgd;
import kerf.training.Training;

/**
 * How long networks are trained, and how fast.
 *
 * @param epochs passes over the training images of the dense network, and of Scratch-E
 * @param rate the learning rate they begin with; a tenth of it from half of the passes on, a
 *     hundredth from three quarters on
 * @param fineTuneEpochs passes after pruning
 * @param fineTuneRate the learning rate after pruning, constant
 * @param cap Scratch-B is trained at most so many times {@code epochs}, 1 or more
 */
public record Protocol(
    int epochs, double rate, int fineTuneEpochs, double fineTuneRate, double cap) {
  private static final int BATCH = 64;

  /** The article's on CIFAR: Liu et al. 2019, section 4, and their code. */
  static final Protocol PUBLISHED = new Protocol(160, 0.1, 40, 0.001, Double.POSITIVE_INFINITY);

  /**
   * Checks the numbers.
   *
   * @param epochs passes of the dense network, 1 or more
   * @param rate the learning rate they begin with
   * @param fineTuneEpochs passes after pruning, 1 or more
   * @param fineTuneRate the learning rate after pruning
   * @param cap of Scratch-B's length, in lengths of the dense training, 1 or more
   */
  public Protocol {
    if (epochs < 1 || fineTuneEpochs < 1) {
      throw new IllegalArgumentException(
          "epochs must be 1 or more passes over the training images, found %d, and %d after pruning"
              .formatted(epochs, fineTuneEpochs));
    }
    if (!(cap >= 1)) {
      throw new IllegalArgumentException(
          "cap must be 1 or more times the dense network's epochs, found " + cap);
    }
  }

  /**
   * Counts the passes of Scratch-B: the dense network's multiplications, spent on the slim one.
   *
   * @param denseMacs multiplications of the dense network for an image
   * @param slimMacs those of the slim one
   * @return whole passes, rounded down as in the authors' code
   */
  int budgetEpochs(long denseMacs, long slimMacs) {
    return (int) (epochs * Math.min(cap, (double) denseMacs / slimMacs));
  }

  /** A training from scratch. */
  Training scratch(int passes) {
    return StepwiseSgd.falling(passes, rate, BATCH);
  }

  /** A training of what is left after pruning. */
  Training fineTuning() {
    return StepwiseSgd.constant(fineTuneEpochs, fineTuneRate, BATCH);
  }
}
