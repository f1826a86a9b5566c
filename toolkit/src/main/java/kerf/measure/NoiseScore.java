package kerf.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import kerf.argument.Argument;
import kerf.data.Noise;
import kerf.data.Samples;
import kerf.display.Bundle;
import kerf.display.Shown;
import kerf.model.Network;
import kerf.table.Rows;
import kerf.table.TableHtml;
import kerf.table.TableText;
import kerf.training.Evaluator;
import tech.tablesaw.api.Table;

/**
 * How well a network still classifies when noise is on its images: measured on the same images at
 * every level of noise. The score is the number of images classified rightly, all levels together;
 * Ahmad and Scheinkman, "How Can We Be So Dense?", 2019, section 4.1, with eleven levels of noise
 * on MNIST's 10,000 test images.
 *
 * @param levels what was measured at each level, from the least noise on
 */
public record NoiseScore(List<NoiseLevel> levels) implements Shown {
  /** The paper's levels: the fractions of the pixels that noise is put on, 0, 0.05, …, 0.5. */
  public static final List<Double> FRACTIONS =
      IntStream.rangeClosed(0, 10).mapToObj(twentieths -> twentieths / 20.0).toList();

  /**
   * Copies the list.
   *
   * @param levels what was measured at each level
   */
  public NoiseScore {
    levels = List.copyOf(levels);
  }

  /**
   * Measures a network at the paper's levels: noise on 0, 5, …, 50 % of the pixels.
   *
   * @param network a classifier
   * @param samples one or more images
   * @return its score
   */
  public static NoiseScore measure(Network network, Samples samples) {
    Argument.require("network", network);
    Argument.require("samples", samples);
    return measure(network, spoiled(samples, 0));
  }

  /**
   * Measures a network on samples that are noisy already, made once for many networks.
   *
   * @param network a classifier
   * @param noisy the same images at every level, such as {@link #spoiled}
   * @return its score
   */
  public static NoiseScore measure(Network network, List<Samples> noisy) {
    Argument.require("network", network);
    Argument.require("noisy", noisy);
    List<NoiseLevel> levels = new ArrayList<>();
    for (Samples samples : noisy) {
      double accuracy = Evaluator.measure(network, samples).accuracy();
      levels.add(
          new NoiseLevel(
              samples.noise().fraction(),
              (long) Math.rint(accuracy * samples.size()),
              samples.size(),
              accuracy));
    }
    return new NoiseScore(levels);
  }

  /**
   * Puts noise on images at the paper's levels.
   *
   * @param samples the images
   * @param seed which pixels are hit
   * @return the images with noise on 0, 5, …, 50 % of their pixels
   */
  public static List<Samples> spoiled(Samples samples, long seed) {
    Argument.require("samples", samples);
    return FRACTIONS.stream()
        .map(fraction -> samples.noisy(new Noise(fraction).seed(seed)))
        .toList();
  }

  /**
   * Counts the images classified rightly.
   *
   * @return the score, all levels together
   */
  public long correct() {
    return levels.stream().mapToLong(NoiseLevel::correct).sum();
  }

  /**
   * Counts the images.
   *
   * @return all levels together; 110,000 for MNIST's test images
   */
  public long images() {
    return levels.stream().mapToLong(NoiseLevel::images).sum();
  }

  /**
   * Lists the levels.
   *
   * @return a table, a row each: noise, images classified rightly, images, accuracy
   */
  public Table table() {
    return Rows.table(toString(), NoiseLevel.class, levels);
  }

  @Override
  public Bundle bundle() {
    return Bundle.of(TableText.text(table())).html(TableHtml.html(table()));
  }

  @Override
  public String toString() {
    return "noise score: %,d of %,d images right".formatted(correct(), images());
  }
}
