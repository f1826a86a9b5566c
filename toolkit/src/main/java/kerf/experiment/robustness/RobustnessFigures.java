package kerf.experiment.robustness;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import kerf.data.Noise;
import kerf.data.Samples;
import kerf.experiment.Outcome;
import kerf.measure.NoiseScore;
import kerf.model.SparseCnn;
import kerf.plot.BarPlot;
import kerf.plot.Figure;
import kerf.plot.LinePlot;
import kerf.plot.Plot;
import kerf.table.Rows;

/** The figures of the robustness experiment. */
final class RobustnessFigures {
  private final Robustness plan;
  private final Map<Unit, Outcome> units;
  private final List<Trial> trials;

  RobustnessFigures(Robustness plan, Map<Unit, Outcome> units, List<Trial> trials) {
    this.plan = plan;
    this.units = units;
    this.trials = trials;
  }

  /** The article's networks, after its figure 5. */
  Figure accuracyByNoise() {
    return Figure.row(curves("Accuracy by noise", Net.MAIN).size(760, 420))
        .caption(seeds("Lines") + " After figure 5 of Ahmad and Scheinkman 2019.");
  }

  private LinePlot curves(String title, Collection<Net> nets) {
    List<NoisePoint> points = new ArrayList<>();
    for (Net net : nets) {
      for (long seed : plan.seeds()) {
        Outcome outcome = units.get(new Unit(seed, net));
        if (outcome != null) {
          points.addAll(curve(net, seed, outcome));
        }
      }
    }
    return Plot.line(Rows.table(title, NoisePoint.class, points))
        .x("noise")
        .y("accuracy")
        .by("net")
        .mean()
        .percentX()
        .percentY()
        .xTitle("pixels with noise (%)")
        .yTitle("test accuracy (%)")
        .title(title);
  }

  /** A network that diverged has no accuracy at any level, which the figure marks. */
  private static List<NoisePoint> curve(Net net, long seed, Outcome outcome) {
    if (outcome.divergence().isPresent()) {
      return NoiseScore.FRACTIONS.stream()
          .map(noise -> new NoisePoint(net.toString(), seed, noise, Double.NaN))
          .toList();
    }
    return Done.of(outcome, net.architecture()).score().levels().stream()
        .map(level -> new NoisePoint(net.toString(), seed, level.noise(), level.accuracy()))
        .toList();
  }

  /** Table 1 of the article as bars, ours beside them. */
  Figure noiseScores() {
    List<ScoreBar> bars = new ArrayList<>();
    for (Net net : plan.nets()) {
      net.published().ifPresent(paper -> bars.addAll(measured(net)));
    }
    for (Net net : plan.nets()) {
      net.published().ifPresent(paper -> bars.addAll(published(net, paper)));
    }
    long named = plan.nets().stream().filter(net -> net.published().isPresent()).count();
    int width = Math.max(900, 130 * (int) named + 80);
    return Figure.row(bars("Noise score", bars).by("source").size(width, 400))
        .caption(
            seeds("Measured")
                + " Paper: table 1 of Ahmad and Scheinkman 2019; whiskers: standard deviation of 10"
                + " seeds, where it is given. Score: images classified rightly of %,d, at eleven levels of noise; ours scaled from %,d."
                    .formatted(Published.IMAGES, 11 * plan.data().test().size()));
  }

  private List<ScoreBar> measured(Net net) {
    return trials.stream()
        .filter(trial -> trial.net().equals(net.toString()))
        .map(trial -> new ScoreBar(trial.net(), "measured", trial.score()))
        .toList();
  }

  /** The mean, and where a deviation is given the two ends of its whisker. */
  private static List<ScoreBar> published(Net net, Published paper) {
    double spread = Double.isNaN(paper.deviation()) ? 0 : paper.deviation();
    return DoubleStream.of(-spread, 0, spread)
        .mapToObj(by -> new ScoreBar(net.toString(), "paper", Math.rint(paper.score() + by)))
        .toList();
  }

  /** The arms in which one thing differs at a time: curves and scores. */
  Figure ablation() {
    List<ScoreBar> bars = new ArrayList<>();
    for (Net net : Net.ABLATION) {
      bars.addAll(measured(net));
    }
    return Figure.row(
            curves("Accuracy by noise", Net.ABLATION).size(600, 400),
            bars("Noise score", bars).size(600, 400))
        .caption(
            seeds("Lines and bars")
                + " One network of 30 filters and 150 units, one training; sparse: 30 % of the"
                + " hidden layer's weights, 400 of 4,320 and 50 of 150 activations.");
  }

  private static BarPlot bars(String title, List<ScoreBar> bars) {
    return Plot.bars(Rows.table(title, ScoreBar.class, bars))
        .x("net")
        .y("score")
        .mean()
        .xTitle("network")
        .yTitle("noise score")
        .title(title);
  }

  /** How often the hidden units of the sparse networks won of late, after training. */
  Figure dutyCycles() {
    List<Plot> panels = new ArrayList<>();
    long seed = plan.seeds().get(0);
    for (Net net : List.of(Net.SPARSE_CNN_1, Net.SPARSE_CNN_2)) {
      Outcome outcome = units.get(new Unit(seed, net));
      if (outcome != null && outcome.divergence().isEmpty()) {
        SparseCnn layers = (SparseCnn) net.architecture();
        int last = layers.convolutions().size() + 1;
        panels.add(
            Plot.histogram(
                    outcome.network(Done.NETWORK, layers).values("kwinners" + last + ".dutyCycle"))
                .bins(25)
                .xTitle("duty cycle")
                .title(
                    "%s: %d of %d hidden units win"
                        .formatted(net, layers.hidden().winners(), layers.hidden().units()))
                .size(440, 300));
      }
    }
    return Figure.row(panels.toArray(Plot[]::new))
        .caption(
            "How many hidden units won how often over the last 1,000 training images; seed %d."
                .formatted(seed));
  }

  /** A digit of each class at several levels of noise. */
  static Figure digits(Samples samples) {
    List<float[]> rows = new ArrayList<>();
    for (double fraction : List.of(0.0, 0.1, 0.3, 0.5)) {
      Samples noisy = samples.noisy(new Noise(fraction));
      float[][] strip = new float[(int) samples.inputShape()[1]][0];
      for (int label = 0; label < samples.classes(); label++) {
        append(strip, noisy.image(first(samples, label)));
      }
      rows.addAll(List.of(strip));
    }
    return Plot.heatMap(rows.toArray(float[][]::new))
        .xTitle("pixels of ten digits")
        .yTitle("pixels, more noise below")
        .title("Noise on 0, 10, 30 and 50 % of the pixels")
        .size(860, 400)
        .figure();
  }

  private static int first(Samples samples, int label) {
    return IntStream.range(0, samples.size())
        .filter(i -> samples.label(i) == label)
        .findFirst()
        .orElse(0);
  }

  private static void append(float[][] strip, float[][] image) {
    for (int y = 0; y < strip.length; y++) {
      float[] wider = Arrays.copyOf(strip[y], strip[y].length + image[y].length);
      System.arraycopy(image[y], 0, wider, strip[y].length, image[y].length);
      strip[y] = wider;
    }
  }

  private String seeds(String marks) {
    return "%s: mean of %d seed%s; whiskers: least to greatest."
        .formatted(marks, plan.seeds().size(), plan.seeds().size() == 1 ? "" : "s");
  }
}
