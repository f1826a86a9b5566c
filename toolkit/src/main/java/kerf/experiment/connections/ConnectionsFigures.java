package kerf.experiment.connections;

import java.util.ArrayList;
import java.util.List;
import kerf.experiment.connections.Unit.Regularization;
import kerf.experiment.connections.Unit.Task;
import kerf.plot.Figure;
import kerf.plot.LinePlot;
import kerf.plot.Plot;
import kerf.table.Rows;
import tech.tablesaw.api.Table;

/** The article's figures 5 and 6 and its table 1 as a picture, from a run. */
final class ConnectionsFigures {
  private static final String ITERATED = "L2, iterated";

  private final Connections plan;
  private final Measured measured;

  ConnectionsFigures(Connections plan, Measured measured) {
    this.plan = plan;
    this.measured = measured;
  }

  /** Figure 5: what accuracy costs. */
  Figure tradeoff() {
    measured.require(Net.LENET_300_100);
    List<TradeoffPoint> points = new ArrayList<>();
    for (Regularization regularization : Regularization.values()) {
      for (String when : List.of(Trainings.START, Trainings.ACCURACY)) {
        boolean retrained = when.equals(Trainings.ACCURACY);
        String curve = regularization + (retrained ? ", retrained" : ", not retrained");
        for (long seed : plan.seeds()) {
          for (int round = 1; round <= measured.rounds(Net.LENET_300_100); round++) {
            points.add(measured.point(curve, seed, round, regularization, when));
          }
        }
      }
    }
    for (long seed : plan.seeds()) {
      for (int round = 1; round <= measured.rounds(Net.LENET_300_100); round++) {
        points.add(measured.iterated(ITERATED, seed, round));
      }
    }
    return Figure.row(
            Plot.line(Rows.table("trade-off", TradeoffPoint.class, points))
                .x("pruned")
                .y("accuracy change")
                .by("curve")
                .mean()
                .published("paper (AlexNet)", published())
                .percentX()
                .percentY()
                .xTitle("weights pruned away (%)")
                .yTitle("change of test accuracy (% points)")
                .title("What pruning costs, LeNet-300-100")
                .yRange(-0.05, 0.01)
                .size(820, 480))
        .caption(
            "Lines: %s; change against the dense network trained with L2. Paper's points: where its L2 curves leave zero, of AlexNet. After figure 5 of Han et al. 2015."
                .formatted(seeds()));
  }

  /** Where the article says its curves leave zero, section 5: 2 times fewer, 9 times fewer. */
  private static Table published() {
    return Rows.table(
        "published",
        TradeoffPoint.class,
        List.of(
            new TradeoffPoint("L2, not retrained", 0, 1 - 1.0 / 2, 0),
            new TradeoffPoint(ITERATED, 0, 1 - 1.0 / 9, 0)));
  }

  /** Figure 6: which layers mind. */
  Figure sensitivity() {
    List<LinePlot> panels = new ArrayList<>();
    for (Net net : plan.recipes().keySet()) {
      List<SensitivityPoint> points = measured.sensitivities(net);
      panels.add(
          Plot.line(Rows.table("sensitivity", SensitivityPoint.class, points))
              .x("kept")
              .y("accuracy")
              .by("layer")
              .mean()
              .percentX()
              .percentY()
              .decreasingX()
              .xTitle("weights of the layer kept (%)")
              .yTitle("validation accuracy (%)")
              .title(net.toString())
              .size(520, 400));
    }
    return Figure.row(panels.toArray(Plot[]::new))
        .caption(
            "One layer pruned at a time, not retrained; %s. After figure 6 of Han et al. 2015, which shows AlexNet."
                .formatted(seeds()));
  }

  /** Table 1 as a picture: test error by the factor, round by round. */
  Figure rounds() {
    List<LinePlot> panels = new ArrayList<>();
    for (Net net : plan.recipes().keySet()) {
      List<Prune> rows =
          measured.rows().stream()
              .filter(row -> row.network().equals(net.toString()))
              .filter(row -> row.regularization().equals("L2"))
              .filter(row -> !row.training().equals(Task.ONCE.toString()))
              .toList();
      List<ErrorPoint> points = new ArrayList<>();
      for (Prune row : rows) {
        points.add(new ErrorPoint("retrained", row.seed(), row.factor(), 1 - row.accuracy()));
        double before = row.round() == 0 ? row.accuracy() : row.prunedAccuracy();
        points.add(new ErrorPoint("just pruned", row.seed(), row.factor(), 1 - before));
      }
      panels.add(
          Plot.line(Rows.table("rounds", ErrorPoint.class, points))
              .x("factor")
              .y("error")
              .by("stage")
              .mean()
              .published(
                  "paper",
                  Rows.table(
                      "published",
                      ErrorPoint.class,
                      List.of(
                          new ErrorPoint("retrained", 0, 1, net.denseError()),
                          new ErrorPoint("retrained", 0, Net.FACTOR, net.prunedError()))))
              .logX()
              .percentY()
              .yRange(0, 3 * net.denseError())
              .xTicks(1, 2, 3, 5, 8, 12, 20, 30, 50)
              .xTitle("times fewer weights")
              .yTitle("test error (%)")
              .title(net.toString())
              .size(520, 400));
    }
    return Figure.row(panels.toArray(Plot[]::new))
        .caption(
            "Round by round: prune, retrain; %s. Paper's points: table 1 of Han et al. 2015."
                .formatted(seeds()));
  }

  private String seeds() {
    int count = plan.seeds().size();
    return count == 1 ? "one seed" : "mean of %d seeds, bars least to greatest".formatted(count);
  }

  /** A point of table 1's picture. */
  private record ErrorPoint(String stage, long seed, double factor, double error) {}
}
