package kerf.experiment.fake;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import kerf.experiment.Seeds;
import kerf.experiment.fake.Published.Change;
import kerf.plot.Figure;
import kerf.plot.LinePlot;
import kerf.plot.Plot;
import kerf.table.Rows;

/** The figures of the experiment. */
final class FakeFigures {
  /** In points; a network of ten classes that guesses is far below. */
  private static final int LOWEST = -40;

  private final FakeQuantization plan;
  private final Measured measured;

  FakeFigures(FakeQuantization plan, Measured measured) {
    this.plan = plan;
    this.measured = measured;
  }

  /** After training against in training, with floats beside. */
  Figure accuracy() {
    return Figure.row(
            accuracy(Setting.PER_TENSOR, "One scale for all filters"),
            accuracy(Setting.PER_CHANNEL, "A scale for each filter"))
        .caption(
            "Weights and activations of so many bits, all layers; batch normalization folded, ReLU. Fine-tuned: the float network trained on for as many passes as QAT. Mean of %s."
                .formatted(Seeds.caption(plan.seeds())));
  }

  private LinePlot accuracy(Setting setting, String title) {
    List<Point> points = new ArrayList<>();
    for (Stage stage : List.of(Stage.PTQ, Stage.QAT, Stage.TUNED, Stage.FLOAT)) {
      for (int bits : plan.bits()) {
        for (long seed : plan.seeds()) {
          double accuracy =
              measured.accuracy(
                  measured.unit(seed, stage, setting, stage.quantized() ? bits : Unit.FLOAT_BITS));
          points.add(new Point(stage.toString(), seed, bits, accuracy));
        }
      }
    }
    return byBits(Plot.line(Rows.table("accuracy", Point.class, points)).x("x").y("y").by("series"))
        .percentY()
        .yRange(0, 1)
        .yTitle("test accuracy (%)")
        .title(title)
        .size(560, 420);
  }

  /** What each setting costs, against floats trained as long. */
  Figure settings() {
    return Figure.row(
            settings(Stage.PTQ, "Quantized after training"),
            settings(Stage.QAT, "Trained with fake quantization")
                .published(
                    "paper (Inception v3)",
                    Rows.table("published", Change.class, Published.inception())))
        .caption(
            "Against the float network of the same activation trained for as many passes. Per tensor: folded, ReLU; the others differ in what they are named by. Mean of %s. Curves leave the frame below %d points. Paper: table 4.3 of Jacob et al. 2018, ImageNet; its networks have one scale a tensor and are folded."
                .formatted(Seeds.caption(plan.seeds()), LOWEST));
  }

  private LinePlot settings(Stage stage, String title) {
    List<Change> points = new ArrayList<>();
    for (Setting setting : Setting.values()) {
      for (int bits : plan.bits()) {
        for (long seed : plan.seeds()) {
          Unit unit = measured.unit(seed, stage, setting, bits);
          points.add(new Change(setting.toString(), seed, bits, 100 * measured.fair(unit)));
        }
      }
    }
    if (stage == Stage.QAT) {
      for (int bits : plan.bits()) {
        for (long seed : plan.seeds()) {
          Unit unit = measured.unit(seed, stage, Setting.NOT_FOLDED, bits);
          double change = 100 * (measured.converted(unit) - measured.accuracy(unit.tuned()));
          points.add(new Change("not folded, then folded", seed, bits, change));
        }
      }
    }
    return byBits(
            Plot.line(Rows.table("settings", Change.class, points))
                .x("bits")
                .y("change")
                .by("setting"))
        .yTitle("test accuracy against floats (points)")
        .yRange(LOWEST, 5)
        .title(title)
        .size(560, 420);
  }

  private static LinePlot byBits(LinePlot plot) {
    return plot.mean()
        .decreasingX()
        .xTicks(8, 7, 6, 5, 4, 3, 2)
        .xTitle("bits of weights and activations");
  }

  /** The article's figure 1.1 (c), in ONNX Runtime. */
  Figure latency() {
    return Figure.row(
            latency(Speed::milliseconds1, "Batch of 1"),
            latency(Speed::milliseconds64, "Batch of 64"))
        .caption(
            "ONNX Runtime, one thread, of each network the least of five medians, taken in turns; widths %s, seed %d. Whiskers: a standard error for the number of test images. Float: trained on for as many passes as int8, whose first convolution and logits stay float. After figure 1.1 (c) of Jacob et al. 2018, which has MobileNets on a phone."
                .formatted(widths(), plan.seeds().get(0)));
  }

  private String widths() {
    return String.join(", ", measured.speeds().stream().map(Speed::widths).distinct().toList());
  }

  private LinePlot latency(ToDoubleFunction<Speed> milliseconds, String title) {
    List<Clocked> points =
        measured.speeds().stream()
            .map(
                speed ->
                    Clocked.of(speed, milliseconds.applyAsDouble(speed), plan.data().test().size()))
            .toList();
    return Plot.line(Rows.table("latency", Clocked.class, points))
        .x("milliseconds")
        .y("accuracy")
        .by("network")
        .errors("low", "high")
        .logX()
        .percentY()
        .xTitle("milliseconds a batch (measured)")
        .yTitle("test accuracy (%)")
        .title(title)
        .size(560, 420);
  }

  /** A network on the clock; its accuracy give and take a standard error. */
  private record Clocked(
      String network, double milliseconds, double accuracy, double low, double high) {
    static Clocked of(Speed speed, double milliseconds, int images) {
      double accuracy = speed.accuracy();
      double error = Math.sqrt(accuracy * (1 - accuracy) / images);
      return new Clocked(
          speed.network(), milliseconds, accuracy, accuracy - error, accuracy + error);
    }
  }

  /** A point of a curve. */
  private record Point(String series, long seed, double x, double y) {}
}
