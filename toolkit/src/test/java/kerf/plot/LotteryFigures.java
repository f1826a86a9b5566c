package kerf.plot;

import java.util.ArrayList;
import java.util.List;
import kerf.table.Percent;
import kerf.table.Rows;
import tech.tablesaw.api.Table;

/** The two figures of a lottery-ticket experiment, with invented numbers that need no training. */
final class LotteryFigures {
  static final double[] LEVELS = {
    1, 0.8, 0.64, 0.513, 0.411, 0.329, 0.263, 0.211, 0.169, 0.135, 0.087, 0.07, 0.045, 0.036, 0.019
  };

  record Evaluation(
      @Percent(1) double weightsRemaining, int seed, int iteration, double testAccuracy) {}

  record Outcome(
      String arm,
      @Percent(1) double weightsRemaining,
      int seed,
      double earlyStopIteration,
      double accuracyAtEarlyStop,
      double finalAccuracy,
      double trainingAccuracy) {}

  private LotteryFigures() {}

  static Table evaluations() {
    List<Evaluation> rows = new ArrayList<>();
    double[] levels = {1, 0.513, 0.211, 0.07, 0.036};
    double[] speed = {2500, 1900, 1500, 1900, 2700};
    double[] best = {0.9795, 0.9808, 0.9817, 0.9803, 0.9772};
    for (int level = 0; level < levels.length; level++) {
      for (int seed = 1; seed <= 3; seed++) {
        for (int iteration = 500; iteration <= 20_000; iteration += 500) {
          double noise = 0.0012 * Math.sin(7.3 * seed + 0.0031 * iteration * (level + 1));
          double accuracy = best[level] - 0.045 * Math.exp(-iteration / speed[level]) + noise;
          rows.add(new Evaluation(levels[level], seed, iteration, accuracy));
        }
      }
    }
    return Rows.table("evaluations", Evaluation.class, rows);
  }

  static Table outcomes() {
    List<Outcome> rows = new ArrayList<>();
    String[] arms = {"winning ticket", "random reinit", "random mask", "one-shot"};
    double[] loss = {0.006, 0.030, 0.045, 0.012};
    double[] slower = {-0.4, 1.6, 2.0, -0.1};
    for (int arm = 0; arm < arms.length; arm++) {
      for (double level : LEVELS) {
        for (int seed = 1; seed <= 3; seed++) {
          double pruned = -Math.log(level) / Math.log(53);
          double noise = Math.sin(12.9 * arm + 78.2 * level + 2.1 * seed);
          double gain = arm == 0 || arm == 3 ? 0.003 * Math.sin(Math.PI * pruned) : 0;
          double stop = 6000 * (1 + slower[arm] * pruned * pruned) + 500 * noise;
          double accuracy = 0.978 + gain - loss[arm] * Math.pow(pruned, 4) + 0.0012 * noise;
          double training = Math.min(1, 1.0001 - 0.8 * loss[arm] * Math.pow(pruned, 6));
          rows.add(new Outcome(arms[arm], level, seed, stop, accuracy, accuracy + 0.001, training));
        }
      }
    }
    return Rows.table("outcomes", Outcome.class, rows);
  }

  static Table published() {
    List<Outcome> rows = new ArrayList<>();
    double[][] tickets = {{1, 9000, 0.978}, {0.211, 5400, 0.981}, {0.036, 6200, 0.976}};
    for (double[] t : tickets) {
      rows.add(new Outcome("winning ticket", t[0], 0, t[1], t[2], t[2] + 0.001, 1));
    }
    return Rows.table("published", Outcome.class, rows);
  }

  static Figure third() {
    return Plot.line(evaluations())
        .x("iteration")
        .y("test accuracy")
        .by("weights remaining")
        .mean()
        .percentY()
        .yRange(0.94, 0.99)
        .xTitle("training iteration")
        .size(680, 420)
        .figure()
        .caption(
            "Test accuracy of LeNet-300-100 on MNIST as training proceeds, for winning tickets with"
                + " a share of the weights. Mean of 3 seeds; bars from the least to the greatest."
                + " Invented numbers.");
  }

  static LinePlot panel(String measure) {
    return Plot.line(outcomes())
        .x("weights remaining")
        .y(measure)
        .by("arm")
        .mean()
        .logX()
        .decreasingX()
        .percentX()
        .xTicks(1, 0.513, 0.263, 0.135, 0.07, 0.036, 0.019)
        .published("paper", published())
        .size(480, 330);
  }

  static Figure fourth() {
    return Figure.grid(
            2,
            panel("early stop iteration").title("early-stop iteration"),
            panel("accuracy at early stop").percentY().title("test accuracy at early stop"),
            panel("final accuracy").percentY().title("test accuracy at the end"),
            panel("training accuracy").percentY().title("training accuracy at the end"))
        .caption(
            "Early stopping and accuracy of LeNet-300-100 as it is pruned. Mean of 3 seeds; bars"
                + " from the least to the greatest. Hollow: published by Frankle and Carbin (2019)."
                + " Invented numbers.");
  }
}
