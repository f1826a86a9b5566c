package kerf.calibration;

import java.util.ArrayList;
import java.util.List;
import kerf.argument.Argument;
import kerf.data.Samples;
import kerf.display.Bundle;
import kerf.display.Progress;
import kerf.display.Shown;
import kerf.model.Network;
import kerf.observer.Observer;
import kerf.plot.Figure;
import kerf.plot.Plot;
import kerf.table.Rows;
import kerf.table.TableText;
import kerf.training.Evaluator;
import tech.tablesaw.api.Table;

/**
 * What a network is worth by each calibrator and width. Shows itself as curves, and as a table.
 *
 * @param floats the accuracy of the network as it is
 * @param weights the accuracy with weights of 8 bits and activations in floats
 * @param rows an accuracy for each width and calibrator, in the plan's order
 */
public record NetworkCalibration(double floats, double weights, List<AccuracyRow> rows)
    implements Shown {
  /**
   * Copies the rows.
   *
   * @param floats the accuracy of the network as it is
   * @param weights the accuracy with weights of 8 bits and activations in floats
   * @param rows an accuracy for each width and calibrator, in the plan's order
   */
  public NetworkCalibration {
    rows = List.copyOf(rows);
  }

  static NetworkCalibration of(
      Calibrators plan, Network network, Samples samples, Samples measured) {
    try (Progress progress = Progress.start("calibrators", steps(plan))) {
      return of(plan, network, samples, measured, progress);
    }
  }

  /**
   * Measures on the calling thread, as a part of something larger.
   *
   * @param plan calibrators and widths
   * @param network a classifier
   * @param samples calibration images
   * @param measured what accuracy is measured on
   * @param progress the display of the whole; advanced by {@link #steps}
   * @return the accuracies
   */
  public static NetworkCalibration of(
      Calibrators plan, Network network, Samples samples, Samples measured, Progress progress) {
    WatchedNetwork watched = WatchedNetwork.of(plan, network, samples);
    double floats = Evaluator.measure(network, measured).accuracy();
    progress.advance();
    double weights = Evaluator.measure(watched.floatActivations(), measured).accuracy();
    progress.advance();
    List<AccuracyRow> rows = new ArrayList<>();
    for (int width : plan.bits()) {
      for (Observer observer : plan.observers()) {
        Network simulated = watched.simulated(observer, width);
        double accuracy = Evaluator.measure(simulated, measured).accuracy();
        rows.add(new AccuracyRow(observer.toString(), width, accuracy, floats - accuracy));
        progress.advance();
      }
    }
    return new NetworkCalibration(floats, weights, rows);
  }

  /**
   * Counts the measurements.
   *
   * @param plan calibrators and widths
   * @return two for floats, and one for each width and calibrator
   */
  public static long steps(Calibrators plan) {
    Argument.require("plan", plan);
    return 2L + (long) plan.bits().size() * plan.observers().size();
  }

  /**
   * Lists the accuracies.
   *
   * @return a table, a row a width and calibrator
   */
  public Table table() {
    return Rows.table(title(), AccuracyRow.class, rows);
  }

  /**
   * Gives an accuracy.
   *
   * @param observer one of the plan's calibrators
   * @param bits one of its widths
   * @return the fraction classified rightly
   * @throws IllegalArgumentException if the plan had no such calibrator or width
   */
  public double accuracy(Observer observer, int bits) {
    Argument.require("observer", observer);
    return rows.stream()
        .filter(row -> row.bits() == bits && row.calibrator().equals(observer.toString()))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no %s at %d bits in this comparison".formatted(observer, bits)))
        .accuracy();
  }

  /**
   * Draws accuracy by the width of activations, a line a calibrator.
   *
   * @return the figure
   */
  public Figure chart() {
    double[] widths = rows.stream().mapToDouble(AccuracyRow::bits).distinct().toArray();
    return Figure.row(
            Plot.line(table())
                .x("bits")
                .y("accuracy")
                .by("calibrator")
                .decreasingX()
                .percentY()
                .xTicks(widths)
                .xTitle("bits of activations")
                .title("Accuracy by width of activations")
                .size(720, 440))
        .caption(title() + ". Weights have 8 bits and a scale a channel throughout.");
  }

  private String title() {
    return "floats %.2f %%, weights of 8 bits %.2f %%".formatted(100 * floats, 100 * weights);
  }

  @Override
  public Bundle bundle() {
    return chart().bundle().and("text/plain", toString());
  }

  @Override
  public String toString() {
    return title() + "\n" + TableText.text(table());
  }
}
