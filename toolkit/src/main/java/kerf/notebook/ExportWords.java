package kerf.notebook;

import java.nio.file.Path;
import kerf.argument.Argument;
import kerf.data.Samples;
import kerf.export.Arithmetics;
import kerf.export.CharacterCard;
import kerf.export.Export;
import kerf.export.OnnxFile;
import kerf.model.Network;
import kerf.quantization.Quantized;

/** Words for files that other runtimes read. */
class ExportWords extends QatWords {
  ExportWords() {}

  /**
   * An export.
   *
   * @param network any network; of a quantized one its integers are written
   * @return the plan; add {@code .verifyOn(mnist().test())}, then {@code .onnx("lenet5.onnx")}
   */
  public static Export export(Network network) {
    Argument.require("network", network);
    return Export.of(network);
  }

  /**
   * A table of networks that foretell characters: file bytes, bits per character, perplexity.
   *
   * @param samples such as {@code tinyShakespeare().test()}
   * @return the card; add rows with {@code .network("float", net)}, then {@code .measure()}
   */
  public static CharacterCard characterCard(Samples samples) {
    Argument.require("samples", samples);
    return CharacterCard.of(samples);
  }

  /**
   * Fake quantization against integers against ONNX Runtime, point by point.
   *
   * @param quantized a statically quantized network
   * @param samples such as {@code mnist().test().first(64)}: integers are computed by plain Java
   * @return the comparison
   */
  public static Arithmetics arithmetics(Quantized quantized, Samples samples) {
    Argument.require("quantized", quantized);
    Argument.require("samples", samples);
    return Arithmetics.of(quantized, samples);
  }

  /**
   * Reads an ONNX file that Kerf wrote.
   *
   * @param file such as {@code lenet5.onnx}
   * @return the file; {@code .accuracy(mnist().test())} runs it in ONNX Runtime
   */
  public static OnnxFile onnx(String file) {
    Argument.require("file", file);
    return OnnxFile.read(Path.of(file));
  }
}
