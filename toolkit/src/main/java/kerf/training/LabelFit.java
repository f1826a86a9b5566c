package kerf.training;

import java.util.Arrays;
import java.util.stream.IntStream;
import kerf.data.Samples;
import kerf.model.Architecture;

/** Whether what a network gives out goes with labels. */
final class LabelFit {
  private LabelFit() {}

  /** For losses of one label a sample: outputs (classes), or (time, classes) of which the last. */
  static void requireClasses(String loss, int least, Architecture network, Samples samples) {
    long[] outputs = network.structure().outputShape();
    if (outputs.length == 0 || outputs.length > 2) {
      throw new IllegalArgumentException(
          "%s needs an output a class, found outputs of shape %s from %s; end the network in a Linear layer of %d units"
              .formatted(loss, Arrays.toString(outputs), network.describe(), samples.classes()));
    }
    long classes = outputs[outputs.length - 1];
    if (classes < least) {
      throw new IllegalArgumentException(
          "%s needs an output a class, %d or more, found %d from %s; with one output take meanSquaredError(), or end the network in %d outputs"
              .formatted(loss, least, classes, network.describe(), samples.classes()));
    }
    // One output says 0 or 1.
    requireBelow(Math.max(2, classes), classes, network, samples);
  }

  /** For losses of a label a step: outputs (time, classes) for windows of that length. */
  static void requireSteps(String loss, Architecture network, Samples samples) {
    long[] outputs = network.structure().outputShape();
    long[] inputs = samples.inputShape();
    if (outputs.length != 2 || outputs[0] != inputs[inputs.length - 1]) {
      throw new IllegalArgumentException(
          "%s needs characters and outputs (time, characters), found outputs of shape %s from %s on %s; take charLstm(128) on tinyShakespeare(), or crossEntropy() for a label a sample"
              .formatted(loss, Arrays.toString(outputs), network.describe(), samples));
    }
    requireBelow(outputs[1], outputs[1], network, samples);
  }

  private static void requireBelow(long most, long outputs, Architecture network, Samples samples) {
    int[] counts = samples.labelCounts();
    int greatest =
        IntStream.range(0, counts.length).filter(label -> counts[label] > 0).max().orElse(0);
    if (greatest >= most) {
      throw new IllegalArgumentException(
          "labels must be below the number of outputs, found label %d for %d outputs of %s on %s; the last layer needs %d outputs"
              .formatted(greatest, outputs, network.describe(), samples, samples.classes()));
    }
  }
}
