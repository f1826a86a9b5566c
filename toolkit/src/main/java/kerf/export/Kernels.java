package kerf.export;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What ONNX Runtime makes of a model.
 *
 * @param counts the kernels it runs after all its fusions, by name
 * @param widened whether int8 weights are uint8 in memory, as they are made on processors without
 *     VNNI unless they are so small that two products fit into 16 bits
 */
record Kernels(Map<String, Long> counts, boolean widened) {
  private static final Set<String> INTEGER =
      Set.of(
          "QLinearConv",
          "QGemm",
          "QLinearMatMul",
          "MatMulInteger",
          "MatMulIntegerToFloat",
          "ConvInteger",
          "DynamicQuantizeMatMul",
          "DynamicQuantizeLSTM");

  static Kernels of(byte[] model) {
    try {
      GraphProto optimized = optimized(model);
      Map<String, Long> counts = new TreeMap<>();
      optimized.getNodeList().forEach(node -> counts.merge(node.getOpType(), 1L, Long::sum));
      return new Kernels(
          counts, unsigned(optimized) && !unsigned(ModelProto.parseFrom(model).getGraph()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot see what ONNX Runtime runs: " + e.getMessage(), e);
    }
  }

  private static boolean unsigned(GraphProto graph) {
    return graph.getInitializerList().stream()
        .anyMatch(
            array ->
                array.getDimsCount() > 1
                    && array.getDataType() == TensorProto.DataType.UINT8.getNumber());
  }

  private static GraphProto optimized(byte[] model) throws IOException {
    Path file = Files.createTempFile("kerf", ".onnx");
    try {
      OnnxSession.open(model, Optional.of(file)).close();
      return ModelProto.parseFrom(Files.readAllBytes(file)).getGraph();
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /** How many of them multiply integers. */
  static long integers(Map<String, Long> kernels) {
    return INTEGER.stream().mapToLong(name -> kernels.getOrDefault(name, 0L)).sum();
  }
}
