package kerf.training;

import kerf.data.Dataset;
import kerf.data.Datasets;
import kerf.model.Convnet;
import kerf.model.Network;

/** A network of two convolutions that has learned UCI's digits. */
public final class TrainedDigits {
  /** What it was trained on, with 300 validation images. */
  public static final Dataset DATA = Datasets.digits().validation(300, 0);

  private TrainedDigits() {}

  /** conv1 of 8 filters, conv2 of 16, fc1. */
  public static Network after(int epochs) {
    return Training.defaults()
        .optimizer(new Adam(5e-3))
        .batch(32)
        .until(Step.epochs(epochs))
        .seed(1)
        .train(new Convnet(8, 16).input(1, 8, 8).initialize(1), DATA);
  }
}
