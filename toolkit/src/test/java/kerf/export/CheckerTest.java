package kerf.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kerf.data.Datasets;
import kerf.model.CifarResnet;
import kerf.model.Convnet;
import kerf.model.Lenet300100;
import kerf.model.Lenet5;
import kerf.model.Network;
import kerf.quantization.Quantization;
import kerf.scheme.FloatFormat;
import kerf.scheme.IntegerFormat;
import kerf.scheme.NumberFormat;
import kerf.scheme.PaletteFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hands files to the checker of Python's {@code onnx}, all of it, and to its shape inference. */
class CheckerTest {
  private static final String INFER =
      "import sys, onnx\n"
          + "for file in sys.argv[1:]:\n"
          + "  m = onnx.shape_inference.infer_shapes(onnx.load(file), True, True, True)\n"
          + "  for v in list(m.graph.value_info) + list(m.graph.output):\n"
          + "    t = v.type.tensor_type\n"
          + "    if t.HasField('shape'):\n"
          + "      axes = [d.dim_param or d.dim_value or '?' for d in t.shape.dim]\n"
          + "      print(file, v.name, t.elem_type, *axes, sep='\\t')\n";
  private static final String CHECK =
      "import sys, onnx\n"
          + "for file in sys.argv[1:]: onnx.checker.check_model(file, full_check=True)\n"
          + "print(len(sys.argv) - 1, 'accepted')\n";

  @TempDir Path folder;
  private final List<String> files = new ArrayList<>();

  private void export(Network network) {
    Path file = folder.resolve(files.size() + ".onnx");
    Export.of(network).rounds(0).onnx(file);
    files.add(file.toString());
  }

  @Test
  void acceptsEveryForm() throws IOException, InterruptedException {
    OnnxPython python = new OnnxPython(folder);
    List<Network> networks =
        List.of(
            new Lenet300100().initialize(1),
            new Lenet5().initialize(1),
            new Convnet(32, 64).input(1, 28, 28).initialize(1));
    Quantization plan = Quantization.plan().calibrateOn(Datasets.mnist().train().first(16));
    List<NumberFormat> formats =
        List.of(
            IntegerFormat.signed(8).symmetric().perChannel(),
            IntegerFormat.signed(4).perGroup(32),
            FloatFormat.FP16,
            FloatFormat.BF16,
            new PaletteFormat(4));
    for (Network network : networks) {
      export(network);
      export(plan.int8().quantize(network));
      export(plan.bits(4).quantize(network));
      export(plan.int8().dynamic().quantize(network));
      formats.forEach(format -> export(plan.weights(format).weightOnly().quantize(network)));
    }
    Network resnet = new CifarResnet(20).input(1, 28, 28).initialize(1);
    export(resnet);
    export(plan.int8().quantize(resnet));
    export(Nets.sequences(2));
    export(plan.int8().dynamic().quantize(Nets.sequences(2)));
    assertThat(python.answer(CHECK, files)).isEqualTo("31 accepted");
    Map<String, Map<String, GraphValue>> own = new HashMap<>();
    for (String file : files) {
      Path path = Path.of(file);
      own.put(file, OnnxReader.values(path, OnnxReader.read(path).model()));
    }
    List<String> inferred = python.answer(INFER, files).lines().toList();
    assertThat(inferred).hasSizeGreaterThan(500).allSatisfy(line -> compare(line.split("\t"), own));
  }

  /** A file, a value, its type, its axes: numbers, the batch by name, or unknown. */
  private static void compare(String[] line, Map<String, Map<String, GraphValue>> own) {
    GraphValue value = own.get(line[0]).get(line[1]);
    assertThat(value.type().code()).isEqualTo(Integer.parseInt(line[2]));
    assertThat(value.rank()).isEqualTo(line.length - 3);
    for (int axis = 0; axis < value.rank(); axis++) {
      String theirs = line[axis + 3];
      Extent ours = value.axis(axis);
      // Python has no word for a multiple of the batch.
      boolean same = theirs.equals(ours.toString()) || ours.batch() && !theirs.matches("[0-9]+");
      assertThat(same).as("%s: %s", value, String.join(" ", line)).isTrue();
    }
  }
}
