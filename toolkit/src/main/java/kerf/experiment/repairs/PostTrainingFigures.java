package kerf.experiment.repairs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import kerf.experiment.Seeds;
import kerf.model.Architecture;
import kerf.model.Network;
import kerf.plot.BarPlot;
import kerf.plot.Figure;
import kerf.plot.LinePlot;
import kerf.plot.Plot;
import kerf.quantization.Folding;
import kerf.repair.Equalization;
import kerf.repair.Equalized;
import kerf.repair.EqualizedSeam;
import kerf.table.Percent;
import kerf.table.Rows;

/** The figures of the experiment. */
final class PostTrainingFigures {
  private static final List<Arm> LINES =
      List.of(
          Arm.PLAIN,
          Arm.BIAS,
          Arm.REESTIMATED,
          Arm.ADAROUND,
          Arm.PER_CHANNEL,
          Arm.EQUALIZED,
          Arm.EQUALIZED_BIAS,
          Arm.TOGETHER);

  private static final int ROUNDING_BITS = 4;

  private final PostTraining plan;
  private final Measured measured;

  PostTrainingFigures(PostTraining plan, Measured measured) {
    this.plan = plan;
    this.measured = measured;
  }

  /** Accuracy by width, a panel a network. */
  Figure accuracy() {
    LinePlot[] panels = plan.networks().stream().map(this::accuracy).toArray(LinePlot[]::new);
    return Figure.row(panels)
        .caption(
            "One scale a weight tensor unless said otherwise; activations of 8 bits. Lines: mean of %s."
                .formatted(Seeds.caption(plan.seeds())));
  }

  private LinePlot accuracy(Architecture network) {
    List<Point> points = new ArrayList<>();
    for (Arm arm : LINES) {
      for (int bits : plan.bits()) {
        for (long seed : plan.seeds()) {
          Trial trial = measured.trial(Unit.quantized(network, seed, arm, bits));
          points.add(new Point(trial.arm(), bits, trial.accuracy()));
        }
      }
    }
    for (int bits : List.of(plan.bits().get(0), plan.bits().get(plan.bits().size() - 1))) {
      for (long seed : plan.seeds()) {
        Trial trial = measured.trial(Unit.trained(network, seed));
        points.add(new Point(trial.arm(), bits, trial.accuracy()));
      }
    }
    return Plot.line(Rows.table("accuracy", Point.class, points))
        .x("x")
        .y("y")
        .by("series")
        .mean()
        .decreasingX()
        .percentY()
        .xTicks(plan.bits().stream().mapToDouble(bits -> bits).toArray())
        .xTitle("bits of a weight")
        .yTitle("test accuracy (%)")
        .title(Unit.kind(network))
        .size(640, 480);
  }

  /** What of the float accuracy is kept at 8 bits, beside the first article. */
  Figure published() {
    Architecture first = plan.networks().get(0);
    return Figure.row(
            bars(
                    "8 bits",
                    (seed, arm) -> Unit.uneven(first, seed, arm, PostTraining.UNEVEN_BITS),
                    Published.DATA_FREE,
                    "MobileNetV2, Nagel et al. 2019")
                .size(980, 420))
        .caption(source());
  }

  /** What of the float accuracy is kept at 4 bits, beside the second article. */
  Figure rounding() {
    Architecture last = plan.networks().get(plan.networks().size() - 1);
    return Figure.row(
            bars(
                    "4 bits",
                    (seed, arm) -> Unit.quantized(last, seed, arm, ROUNDING_BITS),
                    Published.ROUNDING,
                    "ResNet-18, Nagel et al. 2020")
                .size(640, 420))
        .caption(source());
  }

  private String source() {
    return "Article: ImageNet; ours: %s, mean of %s."
        .formatted(plan.data().name(), Seeds.caption(plan.seeds()));
  }

  private BarPlot bars(
      String title, BiFunction<Long, Arm, Unit> unit, List<Published> published, String article) {
    List<Bar> bars = new ArrayList<>();
    for (Published paper : published) {
      for (long seed : plan.seeds()) {
        Trial trial = measured.trial(unit.apply(seed, paper.arm()));
        bars.add(new Bar(trial.arm(), trial.network() + ", measured", trial.kept()));
      }
    }
    published.forEach(paper -> bars.add(new Bar(paper.arm().toString(), article, paper.kept())));
    return Plot.bars(Rows.table(title, Bar.class, bars))
        .x("arm")
        .y("kept")
        .by("source")
        .mean()
        .percentY()
        .xTitle("repair")
        .yTitle("of the float accuracy (%)")
        .title("Accuracy kept at " + title);
  }

  /** How large the filters of the layer with the most uneven ones are. */
  Figure ranges() {
    Architecture first = plan.networks().get(0);
    long seed = plan.seeds().get(0);
    Network trained = measured.network(first, seed);
    Network uneven =
        PostTraining.channels(
            Unit.uneven(first, seed, Arm.PLAIN, PostTraining.UNEVEN_BITS), trained);
    Equalized equalized = Equalization.plan().equalize(uneven);
    String layer =
        equalized.seams().stream()
            .min(Comparator.comparingDouble(EqualizedSeam::given))
            .orElseThrow()
            .layer();
    Map<String, double[]> networks = new LinkedHashMap<>();
    networks.put("as trained, batch norm folded", sizes(Folding.fold(trained), layer));
    networks.put("made uneven", sizes(Folding.fold(uneven), layer));
    networks.put("equalized, either of them", sizes(equalized, layer));
    List<Point> points = new ArrayList<>();
    networks.forEach(
        (series, sizes) -> {
          Arrays.sort(sizes);
          double widest = sizes[sizes.length - 1];
          for (int i = 0; i < sizes.length; i++) {
            points.add(new Point(series, i + 1, sizes[sizes.length - 1 - i] / widest));
          }
        });
    int filters = networks.values().iterator().next().length;
    for (int filter : List.of(1, filters)) {
      points.add(new Point("half a step of 8 bits: below it all is 0", filter, 0.5 / 127));
    }
    return Figure.row(
            Plot.line(Rows.table("ranges", Point.class, points))
                .x("x")
                .y("y")
                .by("series")
                .logY()
                .xTitle("filter, the largest first")
                .yTitle("largest weight, over the layer's")
                .title("%s of %s".formatted(layer, Unit.kind(first)))
                .size(720, 420))
        .caption("The layer whose filters differ most, seed %d.".formatted(seed));
  }

  private static double[] sizes(Network network, String layer) {
    float[] weights = network.weights(layer);
    double[] sizes = new double[(int) network.shape(layer)[0]];
    int row = weights.length / sizes.length;
    for (int i = 0; i < weights.length; i++) {
      sizes[i / row] = Math.max(sizes[i / row], Math.abs(weights[i]));
    }
    return sizes;
  }

  /** Signal to noise, layer by layer. */
  Figure layers() {
    int bits = plan.bits().contains(4) ? 4 : plan.bits().get(plan.bits().size() - 1);
    LinePlot[] panels =
        plan.networks().stream().map(network -> layers(network, bits)).toArray(LinePlot[]::new);
    return Figure.row(panels)
        .caption(
            "Weights of %d bits. Signal over quantization noise of each layer's output on the calibration images, its inputs quantized too; mean of %s. At 0 dB noise is as large as the signal."
                .formatted(bits, Seeds.caption(plan.seeds())));
  }

  private LinePlot layers(Architecture network, int bits) {
    List<Point> points = new ArrayList<>();
    int count = 0;
    for (Arm arm : LINES) {
      for (long seed : plan.seeds()) {
        double[] decibels = measured.decibels(Unit.quantized(network, seed, arm, bits));
        count = decibels.length;
        for (int i = 0; i < decibels.length; i++) {
          points.add(new Point(arm.toString(), i + 1, decibels[i]));
        }
      }
    }
    return Plot.line(Rows.table("layers", Point.class, points))
        .x("x")
        .y("y")
        .by("series")
        .mean()
        .xTicks(IntStream.rangeClosed(1, count).asDoubleStream().toArray())
        .xTitle("layer, first to last")
        .yTitle("signal to quantization noise (dB)")
        .title(Unit.kind(network))
        .size(640, 460);
  }

  /**
   * A point of a curve.
   *
   * @param series the curve
   * @param x along the x axis
   * @param y along the y axis
   */
  private record Point(String series, double x, double y) {}

  /**
   * A bar.
   *
   * @param arm what was done
   * @param source whose it is
   * @param kept of the float accuracy
   */
  private record Bar(String arm, String source, @Percent(1) double kept) {}
}
