package kerf.measure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerf.argument.Argument;
import kerf.data.Samples;
import kerf.display.Progress;
import kerf.model.Network;
import kerf.training.Evaluator;

/**
 * A plan of the metrics card: networks side by side, one row each, in the same columns everywhere.
 *
 * @param samples what accuracy is measured on, such as {@code mnist().test()}
 * @param networks the networks of each row; several are one network of several seeds
 * @param rounds how often each latency is taken; the median counts
 */
public record Card(Samples samples, Map<String, List<Network>> networks, int rounds) {
  private static final int LARGE_BATCH = 64;

  /**
   * Checks the number of rounds and copies the rows.
   *
   * @param samples what accuracy is measured on
   * @param networks the networks of each row
   * @param rounds at least 1
   */
  public Card {
    if (rounds < 1) {
      throw new IllegalArgumentException("rounds must be 1 or more, found " + rounds);
    }
    Map<String, List<Network>> copy = new LinkedHashMap<>();
    networks.forEach((name, seeds) -> copy.put(name, List.copyOf(seeds)));
    networks = Collections.unmodifiableMap(copy);
  }

  /**
   * A card without rows, of 15 rounds.
   *
   * @param samples what accuracy is measured on
   * @return the plan
   */
  public static Card of(Samples samples) {
    Argument.require("samples", samples);
    return new Card(samples, Map.of(), 15);
  }

  /**
   * Adds a row. The first one is what the others are compared with.
   *
   * @param name what it is called, another one for each row
   * @param seeds the network; or the same network of several seeds, over which accuracy is averaged
   *     while everything else is that of the first
   * @return a new plan
   */
  public Card network(String name, Network... seeds) {
    Argument.require("name", name);
    Argument.require("seeds", seeds);
    if (seeds.length == 0 || networks.containsKey(name)) {
      throw new IllegalArgumentException(
          "a row needs a name of its own and at least one network, found '%s' with %d; rows so far: %s"
              .formatted(name, seeds.length, String.join(", ", networks.keySet())));
    }
    Map<String, List<Network>> more = new LinkedHashMap<>(networks);
    more.put(name, List.of(seeds));
    return new Card(samples, more, rounds);
  }

  /**
   * Takes latencies more or less often.
   *
   * @param times at least 1
   * @return a new plan
   */
  public Card rounds(int times) {
    return new Card(samples, networks, times);
  }

  /**
   * Measures all networks.
   *
   * @return the card, a row for each
   * @throws IllegalArgumentException if there is no row, or samples are of another shape than a
   *     network takes
   */
  public Metrics measure() {
    if (networks.isEmpty()) {
      throw new IllegalArgumentException(
          "a card needs at least one network, found none; add .network(\"dense\", dense)");
    }
    // Before anything is timed.
    networks
        .values()
        .forEach(seeds -> seeds.forEach(network -> Evaluator.requireFits(network, samples)));
    List<Network> firsts = networks.values().stream().map(seeds -> seeds.get(0)).toList();
    List<CardRow> rows = new ArrayList<>();
    try (Progress progress = Progress.start("measuring", networks.size() + 2L)) {
      List<Double> single = Latency.medians(firsts, samples, 1, rounds);
      progress.advance();
      List<Double> large = Latency.medians(firsts, samples, LARGE_BATCH, rounds);
      progress.advance();
      NetworkSize first = NetworkSize.of(firsts.get(0));
      int i = 0;
      for (Map.Entry<String, List<Network>> row : networks.entrySet()) {
        NetworkSize size = NetworkSize.of(firsts.get(i));
        DoubleSummaryStatistics accuracies =
            row.getValue().stream()
                .mapToDouble(network -> Evaluator.measure(network, samples).accuracy())
                .summaryStatistics();
        boolean traced = size.macs() >= 0;
        rows.add(
            new CardRow(
                row.getKey(),
                accuracies.getAverage(),
                accuracies.getMin(),
                accuracies.getMax(),
                size.parameters(),
                size.nonzeros(),
                size.prunableSparsity(),
                size.sparsity(),
                traced ? size.macs() : null,
                traced ? size.effectiveMacs() : null,
                size.denseBytes(),
                size.packedBytes(),
                size.gzipBytes(),
                single.get(i),
                large.get(i),
                (double) first.packedBytes() / size.packedBytes(),
                traced && first.macs() >= 0
                    ? (Double) ((double) first.effectiveMacs() / size.effectiveMacs())
                    : null,
                single.get(0) / single.get(i),
                large.get(0) / large.get(i)));
        i++;
        progress.advance();
      }
    }
    return new Metrics(rows);
  }
}
