package kerf.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import kerf.observer.Divergence;
import kerf.observer.FromHistogram;
import kerf.observer.GreedySearch;
import kerf.observer.HistogramSearch;
import kerf.observer.HistogramState;
import kerf.observer.Observer;
import kerf.observer.Range;
import kerf.observer.RunningRange;
import kerf.observer.Seen;
import kerf.scheme.FusedRange;
import kerf.scheme.IntegerFormat;
import kerf.scheme.Learned;
import kerf.scheme.QuantParams;
import kerf.scheme.QuantizedTensor;
import kerf.scheme.Quantizer;
import kerf.scheme.Spread;
import kerf.storage.ElementType;
import kerf.storage.Npy;

/** The arithmetic of {@code torch.ao.quantization} that needs no network. */
final class QuantRunners {
  private static final int BINS = 2048;

  private QuantRunners() {}

  static final Map<String, GoldenRunner> ALL =
      Map.ofEntries(
          Map.entry("quant.quantize_per_tensor", QuantRunners::quantize),
          Map.entry("quant.quantize_per_channel", QuantRunners::quantize),
          Map.entry("quant.fake_quantize_per_tensor", QuantRunners::fake),
          Map.entry("quant.fake_quantize_per_channel", QuantRunners::fake),
          Map.entry("quant.learnable_per_tensor", QuantRunners::learnable),
          Map.entry("quant.learnable_per_channel", QuantRunners::learnable),
          Map.entry("quant.observer_minmax", g -> observe(g, Observer.minMax())),
          Map.entry("quant.observer_per_channel", g -> observe(g, Observer.minMax())),
          Map.entry("quant.observer_moving_average", g -> observe(g, moving(g))),
          Map.entry("quant.observer_moving_average_per_channel", g -> observe(g, moving(g))),
          Map.entry("quant.observer_histogram", QuantRunners::histogram),
          Map.entry("quant.histogram_search", QuantRunners::search),
          Map.entry("quant.fused_moving_avg", QuantRunners::fused),
          Map.entry("paper.kl_threshold", QuantRunners::divergence));

  private static Map<String, Npy> quantize(GoldenCase golden) {
    Npy x = golden.input("x");
    QuantizedTensor tensor = quantizer(golden).quantize(x.floats(), x.shape());
    return Map.of(
        "q", ints(x.shape(), tensor.integers()),
        "dequantized", Npy.of(x.shape(), tensor.dequantized()));
  }

  private static Map<String, Npy> fake(GoldenCase golden) {
    Npy x = golden.input("x");
    float[] by = golden.input("grad_y").floats();
    Quantizer quantizer = quantizer(golden);
    boolean[] inside = quantizer.inRange(x.floats(), x.shape());
    float[] gradient = new float[by.length];
    byte[] mask = new byte[by.length];
    for (int i = 0; i < by.length; i++) {
      gradient[i] = inside[i] ? by[i] : 0;
      mask[i] = (byte) (inside[i] ? 1 : 0);
    }
    return Map.of(
        "y", Npy.of(x.shape(), quantizer.fake(x.floats(), x.shape())),
        "grad_x", Npy.of(x.shape(), gradient),
        "in_range", Npy.of(ElementType.UINT8, x.shape(), mask));
  }

  private static Map<String, Npy> learnable(GoldenCase golden) {
    Npy x = golden.input("x");
    boolean channels = golden.params().has("axis");
    float[] scales =
        channels
            ? golden.input("scale").floats()
            : new float[] {golden.param("scale").getAsFloat()};
    float[] zeros =
        channels
            ? golden.input("zero_point").floats()
            : new float[] {golden.param("zero_point").getAsFloat()};
    Learned learned =
        new Learned(
            golden.param("quant_min").getAsInt(),
            golden.param("quant_max").getAsInt(),
            spread(golden.params()),
            golden.param("grad_factor").getAsFloat());
    Learned.Gradients gradients =
        learned.gradients(x.floats(), scales, zeros, golden.input("grad_y").floats(), x.shape());
    return Map.of(
        "y", Npy.of(x.shape(), learned.fake(x.floats(), scales, zeros, x.shape())),
        "grad_x", Npy.of(x.shape(), gradients.values()),
        "grad_scale", row(gradients.scales()),
        "grad_zero_point", row(gradients.zeroPoints()));
  }

  private static Map<String, Npy> observe(GoldenCase golden, Observer observer) {
    IntegerFormat format = format(golden.params());
    RunningRange state = (RunningRange) observer.start(format);
    List<Npy> batches = batches(golden, "x");
    batches.forEach(batch -> state.observe(batch.floats(), batch.shape()));
    Npy last = batches.get(batches.size() - 1);
    Map<String, Npy> results = new LinkedHashMap<>(ranges(state.ranges(), "min", "max"));
    results.putAll(params(state.quantizer().params(), "scale", "zero_point"));
    results.put(
        "q",
        ints(last.shape(), state.quantizer().quantize(last.floats(), last.shape()).integers()));
    return results;
  }

  private static Map<String, Npy> histogram(GoldenCase golden) {
    HistogramState state =
        new HistogramSearch(golden.param("bins").getAsInt()).start(format(golden.params()));
    batches(golden, "x").forEach(batch -> state.observe(batch.floats(), batch.shape()));
    Map<String, Npy> results =
        new LinkedHashMap<>(ranges(new Range[] {state.range()}, "min", "max"));
    double[] counts = state.counts();
    float[] floats = new float[counts.length];
    IntStream.range(0, counts.length).forEach(i -> floats[i] = (float) counts[i]);
    results.put("histogram", row(floats));
    results.putAll(ranges(new Range[] {state.chosen()}, "chosen_min", "chosen_max"));
    results.putAll(params(state.quantizer().params(), "scale", "zero_point"));
    return results;
  }

  private static Map<String, Npy> search(GoldenCase golden) {
    GreedySearch search =
        new GreedySearch(
            golden.input("histogram").doubles(),
            golden.input("min").floats()[0],
            golden.input("max").floats()[0]);
    Map<String, Npy> results =
        new LinkedHashMap<>(ranges(new Range[] {search.range()}, "chosen_min", "chosen_max"));
    results.put("start_bin", ints(new long[] {1}, search.start()));
    results.put("end_bin", ints(new long[] {1}, search.end()));
    QuantParams params =
        IntegerFormat.unsigned(8)
            .range(
                golden.param("quant_min_effective").getAsInt(),
                golden.param("quant_max_effective").getAsInt())
            .params(search.range().low(), search.range().high());
    results.putAll(params(List.of(params), "scale", "zero_point"));
    return results;
  }

  private static Map<String, Npy> fused(GoldenCase golden) {
    IntegerFormat format = format(golden.params());
    RunningRange state = (RunningRange) moving(golden).start(format);
    int frozenFrom =
        golden.params().has("observer_disabled_from_batch")
            ? golden.param("observer_disabled_from_batch").getAsInt()
            : Integer.MAX_VALUE;
    Map<String, Npy> results = new LinkedHashMap<>();
    for (int i = 0; i < golden.param("batches").getAsInt(); i++) {
      Npy x = golden.input("x" + i);
      if (i < frozenFrom) {
        state.observe(x.floats(), x.shape());
      }
      Range[] ranges = state.ranges();
      QuantParams[] params =
          Arrays.stream(ranges)
              .map(range -> FusedRange.params(format, range.low(), range.high()))
              .toArray(QuantParams[]::new);
      Quantizer quantizer = format.quantizer(params);
      boolean[] inside = quantizer.inRange(x.floats(), x.shape());
      float[] gradient = golden.input("grad_y" + i).floats();
      for (int k = 0; k < gradient.length; k++) {
        gradient[k] = inside[k] ? gradient[k] : 0;
      }
      results.put("y" + i, Npy.of(x.shape(), quantizer.fake(x.floats(), x.shape())));
      results.put("grad_x" + i, Npy.of(x.shape(), gradient));
      results.putAll(ranges(ranges, "running_min" + i, "running_max" + i));
      results.putAll(params(List.of(params), "scale" + i, "zero_point" + i));
    }
    results.putAll(params(state.quantizer().params(), "convert_scale", "convert_zero_point"));
    return results;
  }

  private static Map<String, Npy> divergence(GoldenCase golden) {
    Npy x = golden.input("x");
    assertThat(golden.param("bins").getAsInt()).isEqualTo(BINS);
    int levels = golden.param("levels").getAsInt();
    int bits = 1 + Integer.numberOfTrailingZeros(levels);
    FromHistogram.State state =
        (FromHistogram.State)
            Observer.kl(Divergence.Zeros.COUNTED).start(IntegerFormat.signed(bits).restricted());
    state.observe(x.floats(), x.shape());
    Seen seen = state.seen()[0];
    Divergence kl = new Divergence(levels);
    List<Divergence.Candidate> candidates = kl.candidates(seen.magnitudes().counts());
    float threshold = kl.threshold(seen.magnitudes());
    float width = seen.magnitudes().width();
    long[] bins = candidates.stream().mapToLong(Divergence.Candidate::bins).toArray();
    float[] divergences = new float[bins.length];
    IntStream.range(0, bins.length)
        .forEach(i -> divergences[i] = (float) candidates.get(i).divergence());
    return Map.of(
        "histogram", Npy.of(new long[] {BINS}, seen.magnitudes().counts()),
        "candidate", Npy.of(new long[] {bins.length}, bins),
        "divergence", row(divergences),
        "m", ints(new long[] {1}, Math.round(threshold / width - 0.5f)),
        "threshold", row(threshold),
        "bin_width", row(width),
        "scale", row(state.quantizer().params().get(0).scale()));
  }

  private static Observer moving(GoldenCase golden) {
    return Observer.movingAverage(golden.param("averaging_constant").getAsDouble());
  }

  private static List<Npy> batches(GoldenCase golden, String name) {
    if (golden.json().getAsJsonObject("inputs").has(name)) {
      return List.of(golden.input(name));
    }
    List<Npy> batches = new ArrayList<>();
    while (golden.json().getAsJsonObject("inputs").has(name + batches.size())) {
      batches.add(golden.input(name + batches.size()));
    }
    return batches;
  }

  private static Quantizer quantizer(GoldenCase golden) {
    IntegerFormat format = grid(golden.params());
    if (!golden.params().has("axis")) {
      return format.quantizer(
          new QuantParams(
              golden.param("scale").getAsFloat(), golden.param("zero_point").getAsInt()));
    }
    float[] scales = golden.input("scale").floats();
    long[] zeros = golden.input("zero_point").longs();
    return format.quantizer(
        IntStream.range(0, scales.length)
            .mapToObj(i -> new QuantParams(scales[i], (int) zeros[i]))
            .toArray(QuantParams[]::new));
  }

  /** A grid that says only its ends. */
  private static IntegerFormat grid(JsonObject params) {
    int min = params.get("quant_min").getAsInt();
    int max = params.get("quant_max").getAsInt();
    int bits = max <= (min < 0 ? Byte.MAX_VALUE : 255) && min >= Byte.MIN_VALUE ? 8 : 16;
    IntegerFormat format = min < 0 ? IntegerFormat.signed(bits) : IntegerFormat.unsigned(bits);
    return spread(format.range(min, max), params);
  }

  /** The format of an observer: a named range and reduce_range as PyTorch takes them. */
  private static IntegerFormat format(JsonObject params) {
    IntegerFormat format =
        params.get("dtype").getAsString().equals("qint8")
            ? IntegerFormat.signed(8)
            : IntegerFormat.unsigned(8);
    if (params.has("quant_min")) {
      format = format.range(params.get("quant_min").getAsInt(), params.get("quant_max").getAsInt());
    }
    if (params.get("reduce_range").getAsBoolean()) {
      format = format.reduceRange();
    }
    if (params.get("qscheme").getAsString().endsWith("symmetric")) {
      format = format.symmetric();
    }
    return spread(format, params);
  }

  private static IntegerFormat spread(IntegerFormat format, JsonObject params) {
    return spread(params) instanceof Spread.PerChannel channels
        ? format.perChannel(channels.axis())
        : format;
  }

  private static Spread spread(JsonObject params) {
    for (String name : List.of("axis", "ch_axis")) {
      if (params.has(name)) {
        return new Spread.PerChannel(params.get(name).getAsInt());
      }
    }
    return new Spread.PerTensor();
  }

  private static Map<String, Npy> ranges(Range[] ranges, String low, String high) {
    float[] lows = new float[ranges.length];
    float[] highs = new float[ranges.length];
    for (int i = 0; i < ranges.length; i++) {
      lows[i] = ranges[i].low();
      highs[i] = ranges[i].high();
    }
    return Map.of(low, row(lows), high, row(highs));
  }

  private static Map<String, Npy> params(List<QuantParams> params, String scale, String zero) {
    float[] scales = new float[params.size()];
    int[] zeros = new int[params.size()];
    for (int i = 0; i < scales.length; i++) {
      scales[i] = params.get(i).scale();
      zeros[i] = params.get(i).zeroPoint();
    }
    return Map.of(scale, row(scales), zero, ints(new long[] {zeros.length}, zeros));
  }

  private static Npy row(float... values) {
    return Npy.of(new long[] {values.length}, values);
  }

  private static Npy ints(long[] shape, int... values) {
    return Npy.of(shape, Arrays.stream(values).asLongStream().toArray());
  }
}
