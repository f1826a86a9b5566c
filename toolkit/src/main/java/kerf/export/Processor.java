package kerf.export;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.util.Arrays;
import java.util.List;

/**
 * What this processor does with products of uint8 and int8.
 *
 * <p>It is asked by a product: no system call of all platforms says which instructions there are,
 * and ONNX Runtime chooses among them by rules of its own. Without VNNI (or Arm's instructions) two
 * products meet in 16 bits, where 255 · 127 + 255 · 127 is clipped.
 */
final class Processor {
  private static final int NUMBERS = 4;
  private static final float EXACT = 255f * 127 * NUMBERS;

  /** Asked once a process; a processor does not change. */
  private static final boolean CLIPS = asked();

  private Processor() {}

  /** Whether products of uint8 and int8 are clipped here, unless weights are held as uint8. */
  static boolean clips() {
    return CLIPS;
  }

  private static boolean asked() {
    try (OnnxSession session = OnnxSession.plain(product().toByteArray());
        OnnxSession.Inputs inputs = session.inputs(filled(), 1)) {
      return inputs.outputs().values().iterator().next()[0] != EXACT;
    }
  }

  private static float[] filled() {
    float[] inputs = new float[NUMBERS];
    Arrays.fill(inputs, 255);
    return inputs;
  }

  /** Largest inputs by largest weights. */
  static ModelProto product() {
    OnnxWriter onnx = new OnnxWriter();
    onnx.input("input", NUMBERS);
    int[] weights = new int[NUMBERS * NUMBERS];
    Arrays.fill(weights, 127);
    String zero = onnx.constant("zero", NumberType.UINT8, new int[1]);
    onnx.add(
        "QuantizeLinear",
        "integers",
        List.of("input", onnx.constant("scale", new float[] {1}), zero));
    onnx.add(
        "MatMulInteger",
        "sums",
        List.of(
            "integers",
            onnx.constant("weights", NumberType.INT8, weights, NUMBERS, NUMBERS),
            zero,
            onnx.constant("weights/zero", NumberType.INT8, new int[1])));
    onnx.add("Cast", "output", List.of("sums"), OnnxWriter.number("to", NumberType.FLOAT.code()));
    onnx.output("output", NumberType.FLOAT, NUMBERS);
    return onnx.model("product");
  }
}
