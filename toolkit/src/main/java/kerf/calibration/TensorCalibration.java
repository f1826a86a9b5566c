package kerf.calibration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerf.argument.Argument;
import kerf.display.Bundle;
import kerf.display.Shown;
import kerf.observer.Observer;
import kerf.observer.Range;
import kerf.observer.Seen;
import kerf.plot.Figure;
import kerf.scheme.IntegerFormat;
import kerf.scheme.QuantParams;
import kerf.table.Rows;
import kerf.table.TableText;
import tech.tablesaw.api.Table;

/**
 * What calibrators make of the same tensor. Shows itself: the histogram with each one's cut lines,
 * what is lost by width, and the table.
 */
public final class TensorCalibration implements Shown {
  private final Calibrators plan;
  private final String tensor;
  private final Seen seen;
  private final List<CalibratorRow> rows;

  private TensorCalibration(Calibrators plan, String tensor, Seen seen, List<CalibratorRow> rows) {
    this.plan = plan;
    this.tensor = tensor;
    this.seen = seen;
    this.rows = rows;
  }

  /** Two passes: one finds the ranges, the other what is lost by them. */
  static TensorCalibration of(Calibrators plan, String tensor, Batches batches) {
    Watch watch = new Watch(plan.observers(), plan.format());
    batches.forEach(watch::observe);
    List<Integer> widths = new ArrayList<>(plan.bits());
    if (!widths.contains(plan.format().bits())) {
      widths.add(0, plan.format().bits());
    }
    Map<Setting, Range> ranges = new LinkedHashMap<>();
    Map<Setting, Rounding> losses = new LinkedHashMap<>();
    for (int width : widths) {
      IntegerFormat format = plan.format(width);
      for (Observer observer : plan.observers()) {
        Setting setting = new Setting(observer, width);
        Range range = watch.range(observer, format);
        ranges.put(setting, range);
        losses.put(setting, new Rounding(format, format.params(range.low(), range.high())));
      }
    }
    batches.forEach((values, shape) -> losses.values().forEach(loss -> loss.add(values)));
    List<CalibratorRow> rows = new ArrayList<>();
    losses.forEach((setting, loss) -> rows.add(setting.row(ranges.get(setting), loss)));
    return new TensorCalibration(plan, tensor, watch.seen(), List.copyOf(rows));
  }

  /** A calibrator at a width. */
  private record Setting(Observer observer, int bits) {
    CalibratorRow row(Range range, Rounding loss) {
      QuantParams params = loss.params();
      return new CalibratorRow(
          observer.toString(),
          bits,
          range.low(),
          range.high(),
          params.scale(),
          params.zeroPoint(),
          loss.clipped(),
          loss.clippedShare(),
          loss.meanSquaredError(),
          loss.sqnr());
    }
  }

  /**
   * Lists what each calibrator chose for the plan's format.
   *
   * @return a table, a row a calibrator: range, scale, zero point, clipped share, squared error,
   *     SQNR
   */
  public Table table() {
    return Rows.table(title(), CalibratorRow.class, rows(plan.format().bits()));
  }

  /**
   * Lists what each calibrator chose at each width.
   *
   * @return a table, a row a width and calibrator
   */
  public Table byBits() {
    return Rows.table(title(), CalibratorRow.class, rows);
  }

  /**
   * Gives what a calibrator chose.
   *
   * @param observer one of the plan's
   * @param bits one of the plan's widths
   * @return the row
   * @throws IllegalArgumentException if the plan has no such calibrator or width
   */
  public CalibratorRow row(Observer observer, int bits) {
    Argument.require("observer", observer);
    return rows(bits).stream()
        .filter(row -> row.calibrator().equals(observer.toString()))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no %s at %d bits in this comparison; it has %s at %s bits"
                        .formatted(observer, bits, plan.observers(), plan.bits())));
  }

  private List<CalibratorRow> rows(int bits) {
    return rows.stream().filter(row -> row.bits() == bits).toList();
  }

  /**
   * Draws the histogram of the numbers with each calibrator's cut lines, at the plan's format.
   *
   * @return the figure
   */
  public Figure chart() {
    return figures().cuts(plan.format().bits());
  }

  /**
   * Draws the histogram with the cut lines at another width.
   *
   * @param bits one of the plan's widths
   * @return the figure
   */
  public Figure chart(int bits) {
    return figures().cuts(bits);
  }

  /**
   * Draws what is lost by width: signal to quantization noise of each calibrator.
   *
   * @return the figure
   */
  public Figure sqnr() {
    return figures().sqnr();
  }

  /**
   * Draws the search of the KL calibrator: the divergence by threshold with its least value, under
   * the histogram of magnitudes with the cut line.
   *
   * @return the figure, for the plan's format
   */
  public Figure divergence() {
    return figures().divergence();
  }

  private CalibrationFigures figures() {
    return new CalibrationFigures(plan, tensor, seen, rows);
  }

  private String title() {
    return "calibrators of %s, %,d numbers".formatted(tensor, seen.count());
  }

  @Override
  public Bundle bundle() {
    return figures().both().bundle().and("text/plain", toString());
  }

  @Override
  public String toString() {
    return title() + "\n" + TableText.text(table());
  }
}
