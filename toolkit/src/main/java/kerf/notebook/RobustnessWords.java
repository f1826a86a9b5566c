package kerf.notebook;

import kerf.argument.Argument;
import kerf.data.Noise;
import kerf.data.Samples;
import kerf.experiment.Length;
import kerf.experiment.robustness.Net;
import kerf.experiment.robustness.Robustness;
import kerf.measure.NoiseScore;
import kerf.model.KWinners;
import kerf.model.Network;
import kerf.model.SparseCnn;

/** Words for sparse networks and noise. */
class RobustnessWords extends ConnectionsWords {
  RobustnessWords() {}

  /**
   * DenseCNN-1 of Ahmad and Scheinkman 2019.
   *
   * @return the architecture
   */
  public static SparseCnn denseCnn1() {
    return SparseCnn.denseCnn1();
  }

  /**
   * DenseCNN-2 of Ahmad and Scheinkman 2019.
   *
   * @return the architecture
   */
  public static SparseCnn denseCnn2() {
    return SparseCnn.denseCnn2();
  }

  /**
   * SparseCNN-1 of Ahmad and Scheinkman 2019.
   *
   * @return the architecture
   */
  public static SparseCnn sparseCnn1() {
    return SparseCnn.sparseCnn1();
  }

  /**
   * SparseCNN-2 of Ahmad and Scheinkman 2019.
   *
   * @return the architecture
   */
  public static SparseCnn sparseCnn2() {
    return SparseCnn.sparseCnn2();
  }

  /**
   * The k-winners activation, for a DJL block of your own.
   *
   * @param k how many units win
   * @return the layer, with the paper's boosting
   */
  public static KWinners kWinners(int k) {
    return new KWinners(k);
  }

  /**
   * Noise for {@link Samples#noisy}: pixels that turn bright.
   *
   * @param fraction how many of an image's pixels, in [0, 1]
   * @return the noise, of seed 0
   */
  public static Noise noise(double fraction) {
    return new Noise(fraction);
  }

  /**
   * Counts the images that a network classifies rightly at eleven levels of noise.
   *
   * @param network a classifier
   * @param samples one or more images
   * @return the score, level by level
   */
  public static NoiseScore noiseScore(Network network, Samples samples) {
    Argument.require("network", network);
    Argument.require("samples", samples);
    return NoiseScore.measure(network, samples);
  }

  /**
   * The experiment of sparse networks and noise, at the length that was asked for.
   *
   * @return the plan
   */
  public static Robustness robustness() {
    return Robustness.of(Length.asked());
  }

  /**
   * The experiment of sparse networks and noise.
   *
   * @param length how much of it to run
   * @return the plan
   */
  public static Robustness robustness(Length length) {
    Argument.require("length", length);
    return Robustness.of(length);
  }

  /**
   * A network of that experiment.
   *
   * @param name as its tables name it, such as {@code SparseCNN-1} or {@code pruned dense}
   * @return the network
   */
  public static Net net(String name) {
    Argument.require("name", name);
    return Net.named(name);
  }
}
