package kerf.experiment.robustness;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import kerf.measure.NoiseLevel;
import kerf.plot.BarPlot;
import kerf.plot.Figure;
import kerf.plot.LinePlot;
import kerf.plot.Plot;
import kerf.table.Rows;

/** The figures of the robustness experiment. */
final class RobustnessFigures {
  private final Robustness plan;
  private final Map<Unit, Done> units;
  private final List<Trial> trials;

  RobustnessFigures(Robustness plan, Map<Unit, Done> units, List<Trial> trials) {
    this.plan = plan;
    this.units = units;
    this.trials = trials;
  }

  /** After figure 5 of the article, with the ablation beside it. */
  Figure accuracyByNoise() {
    List<LinePlot> panels = new ArrayList<>();
    curves("The article's networks", Net.MAIN, panels);
    curves("Ablation in the layers of SparseCNN-1", Net.ABLATION, panels);
    curves("The article's mixtures", Net.MIXED, panels);
    return Figure.row(panels.toArray(LinePlot[]::new)).caption(seeds("Lines"));
  }

  private void curves(String title, Collection<Net> nets, List<LinePlot> panels) {
    List<NoisePoint> points = new ArrayList<>();
    for (Net net : nets) {
      for (long seed : plan.seeds()) {
        Done done = units.get(new Unit(seed, net));
        if (done != null) {
          for (NoiseLevel level : done.score().levels()) {
            points.add(new NoisePoint(net.toString(), seed, level.noise(), level.accuracy()));
          }
        }
      }
    }
    if (!points.isEmpty()) {
      panels.add(
          Plot.line(Rows.table(title, NoisePoint.class, points))
              .x("noise")
              .y("accuracy")
              .by("net")
              .mean()
              .percentX()
              .percentY()
              .xTitle("pixels with noise (%)")
              .yTitle("test accuracy (%)")
              .title(title)
              .size(520, 400));
    }
  }

  /** Table 1 of the article as bars, ours beside them. */
  Figure noiseScores() {
    List<ScoreBar> bars = new ArrayList<>();
    for (Trial trial : trials) {
      for (Net net : plan.nets()) {
        if (net.published().isPresent() && net.toString().equals(trial.net())) {
          bars.add(new ScoreBar(trial.net(), "measured", trial.noiseScore()));
        }
      }
    }
    for (Net net : plan.nets()) {
      net.published()
          .ifPresent(
              paper -> bars.add(new ScoreBar(net.toString(), "paper", Math.round(paper.score()))));
    }
    return Figure.row(bars("Noise score", bars).by("source").size(900, 380))
        .caption(
            seeds("Bars")
                + " Score: images classified rightly of 110,000 at eleven levels of noise, ours"
                + " scaled from %,d. Paper: table 1 of Ahmad and Scheinkman 2019."
                    .formatted(11 * plan.data().test().size()));
  }

  /** The arms in which one thing differs at a time. */
  Figure ablation() {
    List<ScoreBar> bars = new ArrayList<>();
    for (Trial trial : trials) {
      for (Net net : Net.ABLATION) {
        if (net.toString().equals(trial.net())) {
          bars.add(new ScoreBar(trial.net(), "measured", trial.noiseScore()));
        }
      }
    }
    return Figure.row(bars("Which kind of sparsity bears noise?", bars).size(760, 360))
        .caption(
            seeds("Bars")
                + " One network of 30 filters and 150 units, one training; sparse: 30 % of the"
                + " hidden layer's weights, 400 of 4,320 and 50 of 150 activations.");
  }

  private static BarPlot bars(String title, List<ScoreBar> bars) {
    return Plot.bars(Rows.table(title, ScoreBar.class, bars))
        .x("net")
        .y("score")
        .mean()
        .xTitle("")
        .yTitle("noise score")
        .title(title);
  }

  private String seeds(String marks) {
    return "%s: mean of %d seed%s; whiskers: least to greatest."
        .formatted(marks, plan.seeds().size(), plan.seeds().size() == 1 ? "" : "s");
  }
}
