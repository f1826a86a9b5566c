package kerf.experiment.fake;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import kerf.experiment.Folders;
import kerf.export.Export;
import kerf.export.FileLatency;
import kerf.export.OnnxFile;
import kerf.model.Network;
import kerf.qat.Qat;
import kerf.quantization.Quantized;

/** Writes networks of several widths as files, in floats and in integers, and times them. */
final class Clock {
  /** What rows of integer networks are named. */
  static final String INTEGERS = "int8";

  private static final int LARGE_BATCH = 64;
  private static final int ROUNDS = 75;

  private final FakeQuantization plan;
  private final Measured measured;

  Clock(FakeQuantization plan, Measured measured) {
    this.plan = plan;
    this.measured = measured;
  }

  /** All files take turns in one run. */
  List<Speed> speeds() {
    List<Unit> units = new ArrayList<>();
    for (double scale : plan.scales()) {
      Unit integers = Trainings.integers(plan.seeds().get(0), scale);
      units.add(integers.tuned());
      units.add(integers);
    }
    List<OnnxFile> files = units.stream().map(this::file).toList();
    List<Double> single = FileLatency.medians(files, plan.data().test(), 1, ROUNDS);
    List<Double> large = FileLatency.medians(files, plan.data().test(), LARGE_BATCH, ROUNDS);
    List<Speed> rows = new ArrayList<>();
    for (int i = 0; i < units.size(); i++) {
      Unit unit = units.get(i);
      int floats = units.indexOf(unit.tuned());
      rows.add(
          new Speed(
              unit.stage().quantized() ? INTEGERS : "float",
              measured.widths(unit),
              files.get(i).bytes(),
              files.get(i).accuracy(plan.data().test()),
              single.get(i),
              large.get(i),
              single.get(i) / single.get(floats),
              large.get(i) / large.get(floats)));
    }
    return rows;
  }

  private OnnxFile file(Unit unit) {
    Path file =
        plan.home().resolve(plan.identity().runId()).resolve(unit.path().replace(".npz", ".onnx"));
    Folders.create(file.getParent());
    Network network = measured.network(unit);
    Network written =
        unit.stage().quantized()
            ? Quantized.of(measured.network(unit.trained()), Qat.convert(network))
            : network;
    return Export.of(written).rounds(0).onnx(file).file();
  }
}
