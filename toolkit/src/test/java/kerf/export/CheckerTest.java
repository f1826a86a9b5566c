package kerf.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Hands files to the checker of Python's {@code onnx}, all of it. Needs {@code -Dkerf.python=PATH},
 * a Python that has {@code onnx}.
 */
@EnabledIfSystemProperty(named = "kerf.python", matches = ".+")
class CheckerTest {
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
    List<String> command = new ArrayList<>(List.of(System.getProperty("kerf.python"), "-c", CHECK));
    command.addAll(files);
    Path answer = folder.resolve("answer.txt");
    new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(answer.toFile())
        .start()
        .waitFor();
    assertThat(Files.readString(answer, StandardCharsets.UTF_8).strip()).isEqualTo("31 accepted");
  }
}
