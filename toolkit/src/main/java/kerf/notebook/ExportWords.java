package kerf.notebook;

import java.nio.file.Path;
import kerf.export.Export;
import kerf.export.OnnxFile;
import kerf.model.Network;

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
    return Export.of(network);
  }

  /**
   * Reads an ONNX file that Kerf wrote.
   *
   * @param file such as {@code lenet5.onnx}
   * @return the file; {@code .accuracy(mnist().test())} runs it in ONNX Runtime
   */
  public static OnnxFile onnx(String file) {
    return OnnxFile.read(Path.of(file));
  }
}
