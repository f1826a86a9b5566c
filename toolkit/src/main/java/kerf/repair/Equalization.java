package kerf.repair;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerf.argument.Argument;
import kerf.model.Agreement;
import kerf.model.Network;
import kerf.quantization.Folding;
import kerf.trace.Convolution;
import kerf.trace.Graph;

/**
 * Cross-layer equalization: Nagel et al. 2019, "Data-Free Quantization Through Weight Equalization
 * and Bias Correction", section 4.1. A plan; immutable.
 *
 * <p>One scale for a whole weight tensor leaves little of a channel whose weights are far smaller
 * than another's. Behind a layer whose channels pass a ReLU, pooling or a flattening into exactly
 * one other layer, a channel may be divided by any positive factor if what reads it is multiplied
 * by it. Equalization takes the factor that makes the largest weight of both sides equal, for all
 * such neighbours in turn until nothing moves. The network computes what it did; every call proves
 * it.
 *
 * @param rounds over all neighbours, at most
 * @param absorbed so many standard deviations below its mean a channel's constant part ends, which
 *     the next layer's bias takes over; infinite for none
 */
public record Equalization(int rounds, double absorbed) {
  private static final double TOLERANCE = 1e-5;

  /**
   * Checks the numbers.
   *
   * @param rounds over all neighbours, 1 or more
   * @param absorbed standard deviations, above 0
   */
  public Equalization {
    if (rounds < 1) {
      throw new IllegalArgumentException("rounds must be 1 or more, found " + rounds);
    }
    if (!(absorbed > 0)) {
      throw new IllegalArgumentException(
          "absorbing(deviations) needs a number above 0, found %s; the article has 3"
              .formatted(absorbed));
    }
  }

  /**
   * The plan everything starts from: until nothing moves, biases as they come.
   *
   * @return the plan with every default filled in
   */
  public static Equalization plan() {
    return new Equalization(100, Double.POSITIVE_INFINITY);
  }

  /**
   * This plan with at most so many rounds.
   *
   * @param count 1 or more
   * @return a new plan
   */
  public Equalization rounds(int count) {
    return new Equalization(count, absorbed);
  }

  /**
   * This plan with high biases absorbed: of a channel that, by its batch normalization, is hardly
   * ever below {@code c = mean - deviations * deviation > 0}, c is taken from the bias, and what
   * the next layer makes of c is added to the next bias. Nagel et al. 2019, section 4.1.3. Outputs
   * stay the same wherever the channel is above c. Only across a ReLU into a layer without padding,
   * since zeros at the border do not carry c.
   *
   * @param deviations above 0; the article has 3
   * @return a new plan
   */
  public Equalization absorbing(double deviations) {
    return new Equalization(rounds, deviations);
  }

  /**
   * Equalizes.
   *
   * @param network any network; left as it is
   * @return a network with batch normalization folded that computes the same, and the report
   * @throws IllegalArgumentException if no two layers can be equalized; the message says why
   * @throws IllegalStateException if outputs differ by more than 1e-5 of the largest before
   *     anything is absorbed
   */
  public Equalized equalize(Network network) {
    Argument.require("network", network);
    Network folded = Folding.fold(network);
    Graph graph = Graph.of(folded);
    Seams seams = Seams.of(graph);
    if (seams.seams().isEmpty()) {
      throw new IllegalArgumentException(
          "equalization needs two layers with only ReLU, pooling, dropout or flattening between them, found none in %s: %s"
              .formatted(network.architecture().describe(), seams.reasons()));
    }
    Balance balance = new Balance(folded, seams.seams());
    List<double[]> before = ranges(balance, seams.seams());
    balance.settle(rounds);
    List<double[]> after = ranges(balance, seams.seams());
    Map<String, float[]> values = balance.apply(folded);
    double difference = proven(folded, folded.revalued(values));
    Map<String, Moments> moments = new LinkedHashMap<>(Moments.of(network));
    seams
        .seams()
        .forEach(
            seam ->
                moments.computeIfPresent(
                    seam.first().node(), (name, own) -> own.divided(balance.divisors(seam))));
    List<EqualizedSeam> rows = new ArrayList<>();
    for (int i = 0; i < seams.seams().size(); i++) {
      Seam seam = seams.seams().get(i);
      int taken = absorb(graph, seam, values, moments);
      rows.add(EqualizedSeam.of(seam, before.get(i), after.get(i), taken));
    }
    return new Equalized(folded.revalued(values), rows, seams.without(), difference, moments);
  }

  /** The narrowest channel over the widest, of the first layer and of the second. */
  private static List<double[]> ranges(Balance balance, List<Seam> seams) {
    return seams.stream()
        .map(
            seam ->
                new double[] {
                  Balance.evenness(balance.given(seam)), Balance.evenness(balance.read(seam))
                })
        .toList();
  }

  private static double proven(Network folded, Network equalized) {
    double difference = Agreement.difference(folded, equalized);
    if (!(difference <= TOLERANCE)) {
      throw new IllegalStateException(
          "an equalized network must compute what it did, to %s of the largest output, found a difference of %.3g; nothing was changed"
              .formatted(TOLERANCE, difference));
    }
    return difference;
  }

  /** Returns how many channels had something to absorb. */
  private int absorb(
      Graph graph, Seam seam, Map<String, float[]> values, Map<String, Moments> moments) {
    Moments own = moments.get(seam.first().node());
    boolean padded =
        graph.node(seam.second().node()).operator() instanceof Convolution conv
            && Arrays.stream(conv.padding().getShape()).anyMatch(zeros -> zeros > 0);
    if (Double.isInfinite(absorbed)
        || own == null
        || padded
        || !seam.rectified()
        || seam.first().bias().isEmpty()
        || seam.second().bias().isEmpty()) {
      return 0;
    }
    double[] constants = new double[seam.channels()];
    int taken = 0;
    float[] given = values.get(seam.first().bias().get()).clone();
    for (int c = 0; c < constants.length; c++) {
      constants[c] = Math.max(0, own.means()[c] - absorbed * own.deviations()[c]);
      given[c] = (float) (given[c] - constants[c]);
      taken += constants[c] > 0 ? 1 : 0;
    }
    float[] weight = values.get(seam.second().weight());
    double[] added = new double[seam.second().outputs()];
    for (int i = 0; i < weight.length; i++) {
      added[seam.second().output(i)] += weight[i] * constants[seam.read(i)];
    }
    float[] read = values.get(seam.second().bias().get()).clone();
    for (int o = 0; o < read.length; o++) {
      read[o] = (float) (read[o] + added[o]);
    }
    values.put(seam.first().bias().get(), given);
    values.put(seam.second().bias().get(), read);
    moments.put(seam.first().node(), own.less(constants));
    return taken;
  }
}
