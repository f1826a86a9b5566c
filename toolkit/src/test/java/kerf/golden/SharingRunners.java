package kerf.golden;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import kerf.coding.Huffman;
import kerf.coding.RelativeIndex;
import kerf.qat.SharedGradients;
import kerf.sharing.Clustering;
import kerf.sharing.Start;
import kerf.storage.Npy;

/** Deep Compression: shared values, Huffman codes and relative indices. */
final class SharingRunners {
  private SharingRunners() {}

  static final Map<String, GoldenRunner> ALL =
      Map.of(
          "paper.weight_sharing", SharingRunners::sharing,
          "paper.huffman", SharingRunners::huffman,
          "paper.index_diff", SharingRunners::index,
          "modern.kmeans_init", SharingRunners::starts);

  private static Map<String, Npy> sharing(GoldenCase golden) {
    Npy weight = golden.input("weight");
    float[] masked = weight.floats();
    long[] mask = golden.input("mask").longs();
    for (int i = 0; i < masked.length; i++) {
      masked[i] = mask[i] == 0 ? 0 : masked[i];
    }
    int bits = golden.param("bits").getAsInt();
    Clustering clusters = Clustering.of(masked, 1 << bits, start(golden));
    int[] labels = clusters.labels();
    long[] counts = longs(clusters.counts());
    long kept = LongStream.of(counts).sum();
    Map<String, Npy> results = new LinkedHashMap<>(centroids(clusters));
    results.put("labels", Npy.of(weight.shape(), longs(labels)));
    results.put("weight_shared", Npy.of(weight.shape(), clusters.shared()));
    results.put("iterations", row(clusters.rounds()));
    results.put(
        "grad_centroids",
        row(SharedGradients.of(clusters, masked, golden.input("grad_shared").floats())));
    results.put("huffman_total_bits", row(Huffman.ofCounts(counts).bits(counts)));
    double entropy =
        LongStream.of(counts)
            .filter(count -> count > 0)
            .mapToDouble(count -> -Math.log((double) count / kept) / Math.log(2) * count / kept)
            .sum();
    results.put("entropy_bits_per_symbol", row((float) entropy));
    results.put(
        "compression_rate",
        row((float) (kept * 32.0 / (kept * bits + clusters.centroids().length * 32.0))));
    return results;
  }

  private static Map<String, Npy> starts(GoldenCase golden) {
    float[] weights = golden.input("weight").floats();
    int rounds = golden.param("iterations").getAsInt();
    double[] first;
    if (golden.param("init").getAsString().equals("given")) {
      first =
          Arrays.stream(golden.input("start").longs())
              .mapToDouble(i -> weights[(int) i])
              .sorted()
              .toArray();
    } else {
      float[] sorted = weights.clone();
      Arrays.sort(sorted);
      first = start(golden).centroids(sorted, golden.param("clusters").getAsInt());
    }
    Clustering clusters = Clustering.from(weights, first, rounds);
    Map<String, Npy> results = new LinkedHashMap<>(centroids(clusters));
    results.put("labels", row(longs(clusters.labels())));
    results.put("centroids_after_1", row(Clustering.from(weights, first, 1).centroids()));
    return results;
  }

  private static Start start(GoldenCase golden) {
    return golden.param("init").getAsString().equals("density")
        ? new Start.Density()
        : new Start.Linear();
  }

  private static Map<String, Npy> centroids(Clustering clusters) {
    return Map.of(
        "initial_centroids", row(clusters.initial()),
        "centroids", row(clusters.centroids()),
        "counts", row(longs(clusters.counts())),
        "wcss", row((float) clusters.squaredError()));
  }

  private static Map<String, Npy> huffman(GoldenCase golden) {
    int[] symbols =
        LongStream.of(golden.input("symbols").longs()).mapToInt(Math::toIntExact).toArray();
    long[] counts = new long[IntStream.of(symbols).max().orElseThrow() + 1];
    IntStream.of(symbols).forEach(symbol -> counts[symbol]++);
    Huffman code = Huffman.ofCounts(counts);
    int[] back = code.decode(code.encode(symbols), symbols.length);
    if (!Arrays.equals(back, symbols)) {
      throw new AssertionError("decoded symbols differ from those encoded");
    }
    return Map.of(
        "total_bits", row(code.bits(counts)),
        "counts", row(counts),
        "code_lengths", row(longs(code.lengths())));
  }

  private static Map<String, Npy> index(GoldenCase golden) {
    float[] vector = golden.input("vector").floats();
    int[] places = IntStream.range(0, vector.length).filter(i -> vector[i] != 0).toArray();
    RelativeIndex index = RelativeIndex.of(places, golden.param("bits").getAsInt());
    float[] values = new float[places.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = vector[index.places()[i]];
    }
    return Map.of(
        "gaps", row(longs(index.gaps())),
        "values", row(index.filled(values)),
        "entries", row((long) index.symbols().length),
        "fillers", row((long) index.fillers()));
  }

  private static long[] longs(int... values) {
    return Arrays.stream(values).asLongStream().toArray();
  }

  private static Npy row(long... values) {
    return Npy.of(new long[] {values.length}, values);
  }

  private static Npy row(float... values) {
    return Npy.of(new long[] {values.length}, values);
  }
}
