package kerf.notebook;

import kerf.argument.Argument;
import kerf.data.Samples;
import kerf.measure.Card;
import kerf.measure.Continuation;
import kerf.measure.Sensitivity;
import kerf.model.Network;
import kerf.training.Evaluator;
import kerf.training.NextCharacter;
import kerf.training.Recalibration;

/** Words for what is measured of a network. */
class MeasureWords extends ScheduleWords {
  MeasureWords() {}

  /**
   * Measures the accuracy of a network.
   *
   * @param network a classifier
   * @param samples such as {@code mnist().test()}
   * @return the fraction classified rightly
   */
  public static double accuracy(Network network, Samples samples) {
    Argument.require("network", network);
    Argument.require("samples", samples);
    return Evaluator.measure(network, samples).accuracy();
  }

  /**
   * Measures how well a network foretells characters: the cross entropy of the next one, over all
   * steps.
   *
   * @param network such as a trained {@code charLstm(128)}
   * @param samples such as {@code tinyShakespeare().test()}
   * @return bits per character; 65 equally likely ones would take 6.02
   */
  public static double bitsPerCharacter(Network network, Samples samples) {
    Argument.require("network", network);
    Argument.require("samples", samples);
    return Evaluator.measure(network, samples, new NextCharacter()).loss() / Math.log(2);
  }

  /**
   * Measures how many characters a network wavers between, as it were.
   *
   * @param network such as a trained {@code charLstm(128)}
   * @param samples such as {@code tinyShakespeare().test()}
   * @return 2 to the power of bits per character
   */
  public static double perplexity(Network network, Samples samples) {
    Argument.require("network", network);
    Argument.require("samples", samples);
    return Math.exp(Evaluator.measure(network, samples, new NextCharacter()).loss());
  }

  /**
   * Lets a character network write.
   *
   * @param network such as a trained {@code charLstm(128)}
   * @param beginning such as {@code "ROMEO:"}
   * @param characters how many to add
   * @return the beginning and what follows, drawn by seed 0
   */
  public static String continuation(Network network, String beginning, int characters) {
    Argument.require("network", network);
    Argument.require("beginning", beginning);
    return Continuation.of(network, beginning, characters, 0);
  }

  /**
   * A metrics card: accuracy, sizes, multiplications, bytes and latencies, a row a network.
   *
   * @param samples what accuracy is measured on, such as {@code mnist().test()}
   * @return the plan; add rows with {@code .network("dense", dense)}, then {@code .measure()}
   */
  public static Card card(Samples samples) {
    Argument.require("samples", samples);
    return Card.of(samples);
  }

  /**
   * A scan of how accuracy falls when one layer at a time is pruned.
   *
   * @param network the network
   * @return the plan; add {@code .data(mnist().validation())}, then {@code .scan()}
   */
  public static Sensitivity sensitivity(Network network) {
    Argument.require("network", network);
    return Sensitivity.of(network);
  }

  /**
   * Measures the running statistics of batch normalization anew, as they should be after pruning.
   *
   * @param network the network; it stays as it is
   * @param samples such as {@code data.train().sample(2_000, 0)}
   * @return the network with other statistics
   */
  public static Network recalibrated(Network network, Samples samples) {
    Argument.require("network", network);
    Argument.require("samples", samples);
    return Recalibration.recalibrated(network, samples);
  }
}
