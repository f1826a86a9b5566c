package kerf.experiment.fake;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import kerf.experiment.Folders;
import kerf.export.Export;
import kerf.export.FileLatency;
import kerf.export.OnnxFile;
import kerf.model.Network;
import kerf.qat.Qat;
import kerf.quantization.Assignment;
import kerf.quantization.Quantization;
import kerf.quantization.Quantized;
import kerf.quantization.QuantizedGraph;
import kerf.quantization.WeightForm;
import kerf.scheme.Quantizer;

/** Writes networks of several widths as files, in floats and in integers, and times them. */
final class Clock {
  /** What rows of integer networks are named. */
  static final String INTEGERS = "int8";

  private static final int LARGE_BATCH = 64;
  private static final int ROUNDS = 15;
  private static final int PASSES = 5;

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
    List<Double> single = milliseconds(files, 1);
    List<Double> large = milliseconds(files, LARGE_BATCH);
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

  /** Of each file the least of several medians: what else the machine does comes and goes. */
  private List<Double> milliseconds(List<OnnxFile> files, int batch) {
    List<List<Double>> passes =
        IntStream.range(0, PASSES)
            .mapToObj(pass -> FileLatency.medians(files, plan.data().test(), batch, ROUNDS))
            .toList();
    return IntStream.range(0, files.size())
        .mapToObj(file -> passes.stream().map(pass -> pass.get(file)).min(Double::compare))
        .map(Optional::orElseThrow)
        .toList();
  }

  private OnnxFile file(Unit unit) {
    Path file = plan.identity().folder(plan.home()).resolve(unit.path().replace(".npz", ".onnx"));
    Folders.create(file.getParent());
    Network network = measured.network(unit);
    Network written =
        unit.stage().quantized()
            ? Quantized.of(measured.network(unit.trained()), floatEnds(Qat.convert(network)))
            : network;
    return Export.of(written).rounds(0).onnx(file).file();
  }

  /**
   * Leaves the first convolution and the logits in floats, as a plan does unless told otherwise: a
   * convolution of one channel is slower in integers.
   */
  private static QuantizedGraph floatEnds(QuantizedGraph whole) {
    Assignment usual = Quantization.plan().assign(whole.graph());
    Map<String, WeightForm> forms = new LinkedHashMap<>(whole.forms());
    forms.keySet().retainAll(usual.weights().keySet());
    Map<String, Quantizer> points = new LinkedHashMap<>(whole.points());
    points.keySet().retainAll(usual.points().keySet());
    return new QuantizedGraph(whole.network(), whole.mode(), forms, points);
  }
}
