package kerf.export;

import static kerf.model.SmallNets.fc;
import static kerf.model.SmallNets.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import kerf.model.Network;
import kerf.model.Outputs;
import kerf.quantization.Folding;
import kerf.quantization.Mode;
import kerf.quantization.Palette;
import kerf.quantization.Quantization;
import kerf.quantization.Quantized;
import kerf.quantization.QuantizedGraph;
import kerf.quantization.WeightForm;
import kerf.scheme.FloatFormat;
import kerf.scheme.IntegerFormat;
import kerf.scheme.NumberFormat;
import kerf.scheme.PaletteFormat;
import kerf.scheme.QuantParams;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GridsTest {
  private static float[] run(ModelProto model, float... input) {
    try (OnnxSession session = OnnxSession.open(model.toByteArray());
        OnnxSession.Inputs inputs = session.inputs(input, 1)) {
      return inputs.outputs().values().iterator().next();
    }
  }

  private static List<String> operators(ModelProto model) {
    return model.getGraph().getNodeList().stream().map(NodeProto::getOpType).toList();
  }

  @Test
  void integersByHead() {
    ModelProto model = Translation.model(Nets.tinyIntegers());
    assertThat(operators(model))
        .containsExactly(
            "QuantizeLinear", "DequantizeLinear", "DequantizeLinear", "DequantizeLinear", "Gemm");
    // 1.1 is 4 quarters, -0.7 is -3 of them: 1, -0.75. Weights: 1, 2 and -0.5, 0.25 are on the
    // grid.
    // Biases in units of 1/128 and 1/256: 0.5, -1.
    assertThat(run(model, 1.1f, -0.7f))
        .containsExactly(1 - 2 * 0.75f + 0.5f, -0.5f - 0.25f * 0.75f - 1);
    // Ends of the grid: (255 - 128) / 4 and -128 / 4.
    assertThat(run(model, 1000, -1000)).containsExactly(31.75f - 64 + 0.5f, -0.5f * 31.75f - 8 - 1);
    assertThat(Kernels.of(model.toByteArray()).counts()).containsEntry("QGemm", 1L);
  }

  @Test
  void aNarrowGridIsClippedInIntegers() {
    QuantizedGraph form = Nets.tinyIntegers();
    QuantizedGraph narrow =
        new QuantizedGraph(
            form.network(),
            Mode.STATIC,
            form.forms(),
            Map.of("input", Nets.grid(IntegerFormat.unsigned(4), 0.25f, 8)));
    ModelProto model = Translation.model(narrow);
    assertThat(operators(model)).startsWith("QuantizeLinear", "Clip", "DequantizeLinear");
    // 7 and -8 quarters.
    assertThat(run(model, 1000, -1000)).containsExactly(1.75f - 4 + 0.5f, -0.875f - 0.5f - 1);
  }

  /** {@code reduce_range} chooses scales for 127; what is greater goes on to the type's end. */
  @Test
  void activationsBeyondAReducedRangeAnswerAsTheSimulation(@TempDir Path folder) throws Exception {
    Network unit =
        Network.of(
                new SequentialBlock().add(Linear.builder().setUnits(2).optBias(false).build()), 2)
            .revalued(Map.of("fc1.weight", new float[] {1, 0, 0, 1}));
    Quantized quantized =
        Quantization.plan()
            .weights(IntegerFormat.signed(8).restricted())
            .activations(IntegerFormat.unsigned(8).reduceRange())
            .ends()
            .prepare(unit)
            .calibrate(List.of(new float[] {0, 127}), 2)
            .convert();
    Path file = folder.resolve("reduced.onnx");
    Export.of(quantized).rounds(0).onnx(file);

    float[] answers = run(ModelProto.parseFrom(Files.readAllBytes(file)), 200, 300);
    assertThat(answers).containsExactly(200, 255);
    assertThat(answers).containsExactly(Outputs.of(quantized, new float[] {200, 300}, 1, 2));
  }

  /**
   * Behind a layer of floats pooling stays in floats, held there by a clip; behind integers not.
   */
  @Test
  void poolingIsRoundedWhereItIsFast() {
    QuantizedGraph form =
        new QuantizedGraph(
            Folding.fold(Nets.plain()),
            Mode.STATIC,
            Map.of("conv2.weight", grid(IntegerFormat.signed(8), new QuantParams(0.02f, 0))),
            Map.of("relu1", Nets.grid(IntegerFormat.unsigned(8), 0.0625f, 0)));
    ModelProto model = Translation.model(form);
    assertThat(operators(model))
        .startsWith("Conv", "Relu", "MaxPool", "Clip", "QuantizeLinear", "DequantizeLinear");
    assertThat(model.getGraph().getInitializerList())
        .extracting(TensorProto::getName)
        .doesNotContain("relu1/scale");
    Material noise = Material.noise(form.graph());
    assertThat(
            Answers.of(model.toByteArray(), form.graph(), noise)
                .difference(Answers.of(form.simulated(), noise)))
        .isLessThan(1e-5);
    QuantizedGraph integers =
        new QuantizedGraph(
            form.network(),
            Mode.STATIC,
            Map.of(
                "conv1.weight", form.forms().get("conv2.weight"),
                "conv2.weight", form.forms().get("conv2.weight")),
            Map.of(
                "input", Nets.grid(IntegerFormat.unsigned(8), 0.0625f, 128),
                "relu1", Nets.grid(IntegerFormat.unsigned(8), 0.0625f, 0)));
    assertThat(operators(Translation.model(integers)))
        .containsSubsequence("Conv", "Relu", "QuantizeLinear", "DequantizeLinear", "MaxPool")
        .doesNotContain("Clip");
  }

  @Test
  void linearLayersOverSequencesAreIntegersToo() {
    Network network = random(new SequentialBlock().add(fc(3)), 4, 6);
    QuantizedGraph form =
        new QuantizedGraph(
            Folding.fold(network),
            Mode.STATIC,
            Map.of("fc1.weight", grid(IntegerFormat.signed(8), new QuantParams(0.02f, 0))),
            Map.of("input", Nets.grid(IntegerFormat.unsigned(8), 0.03125f, 128)));
    byte[] model = Translation.model(form).toByteArray();
    Material noise = Material.noise(form.graph());
    assertThat(
            Answers.of(model, form.graph(), noise).difference(Answers.of(form.simulated(), noise)))
        .isLessThan(1e-6);
    assertThat(Kernels.of(model).counts()).containsEntry("QGemm", 1L);
  }

  @Test
  void dynamicByHead() {
    ModelProto model = Translation.model(Nets.tinyDynamic());
    assertThat(operators(model))
        .containsExactly("DynamicQuantizeLinear", "MatMulInteger", "Cast", "Mul", "Mul", "Add");
    // The range -0.75 to 3 has 255 steps of 1/68; both ends and 0 are on the grid.
    assertThat(run(model, 3, -0.75f)).containsExactly(new float[] {2, -2.6875f}, within());
    assertThat(Kernels.of(model.toByteArray()).counts()).containsEntry("DynamicQuantizeMatMul", 1L);
  }

  @Test
  void dynamicSequences() {
    QuantizedGraph form = Nets.dynamicSequences();
    ModelProto model = Translation.model(form);
    assertThat(operators(model)).contains("DynamicQuantizeLSTM", "MatMulInteger");
    Material noise = Material.noise(form.graph());
    Answers runtime = Answers.of(model.toByteArray(), form.graph(), noise);
    // A step of an 8-bit grid is 1/255 of its range.
    assertThat(runtime.difference(Answers.of(form.simulated(), noise))).isLessThan(0.01);
    assertThat(runtime.difference(Answers.of(form.network(), noise))).isLessThan(0.05);
  }

  @Test
  void sequencesOfWeightsAlone() {
    for (NumberFormat format :
        List.of(IntegerFormat.signed(4).perGroup(4), FloatFormat.FP16, new PaletteFormat(3))) {
      QuantizedGraph form =
          Quantization.plan().weights(format).weightOnly().quantize(Nets.sequences(2)).form();
      Material noise = Material.noise(form.graph());
      byte[] model = Translation.model(form).toByteArray();
      assertThat(
              Answers.of(model, form.graph(), noise)
                  .difference(Answers.of(form.simulated(), noise)))
          .as(format.toString())
          .isLessThan(2e-6);
    }
  }

  @Test
  void dynamicRefusesOtherGrids() {
    QuantizedGraph form = Nets.tinyDynamic();
    QuantizedGraph other =
        new QuantizedGraph(
            form.network(),
            Mode.DYNAMIC,
            form.forms(),
            Map.of(),
            Map.of("fc1", IntegerFormat.unsigned(8).reduceRange()));
    assertThatThrownBy(() -> Translation.model(other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "cannot export layer fc1: ONNX rounds an input as it comes to uint8 [0, 255] affine per"
                + " tensor, found uint8 [0, 127] affine per tensor; quantize with"
                + " .activations(uint8())");
  }

  private static Offset<Float> within() {
    return Offset.offset(1e-5f);
  }

  private static WeightForm grid(IntegerFormat format, QuantParams... params) {
    return new WeightForm.Grid(format.quantizer(params));
  }

  /** Forms of the weights 1, 2, -0.5, 0.25, what they become, and the type in the file. */
  static Stream<Object[]> forms() {
    QuantParams half = new QuantParams(0.5f, 0);
    QuantParams shifted = new QuantParams(0.5f, 3);
    QuantParams third = new QuantParams(0.3f, 0);
    return Stream.of(
        form(grid(IntegerFormat.signed(8), half), NumberType.INT8, 1, 2, -0.5f, 0),
        form(grid(IntegerFormat.unsigned(8), shifted), NumberType.UINT8, 1, 2, -0.5f, 0.5f),
        form(
            grid(IntegerFormat.signed(4).perChannel(), half, third),
            NumberType.INT4,
            1,
            2,
            -0.6f,
            0.3f),
        form(
            grid(IntegerFormat.unsigned(4).perChannel(1), shifted, half),
            NumberType.UINT4,
            1,
            2,
            -0.5f,
            0),
        form(grid(IntegerFormat.signed(2), half), NumberType.INT4, 0.5f, 0.5f, -0.5f, 0),
        form(grid(IntegerFormat.signed(16), third), NumberType.INT16, 0.9f, 2.1f, -0.6f, 0.3f),
        form(
            grid(IntegerFormat.signed(8).perGroup(2), half, third),
            NumberType.INT8,
            1,
            2,
            -0.6f,
            0.3f),
        form(
            grid(IntegerFormat.signed(4).perGroup(3), half, third),
            NumberType.INT4,
            1,
            2,
            -0.6f,
            0.3f),
        form(new WeightForm.ShortFloat(FloatFormat.FP16), NumberType.FLOAT16, 1, 2, -0.5f, 0.25f),
        form(new WeightForm.ShortFloat(FloatFormat.BF16), NumberType.BFLOAT16, 1, 2, -0.5f, 0.25f),
        form(
            new Palette(new float[] {-0.4f, 0.3f, 1.5f}, 2),
            NumberType.UINT4,
            1.5f,
            1.5f,
            -0.4f,
            0.3f));
  }

  private static Object[] form(WeightForm form, NumberType type, float... weights) {
    return new Object[] {form, type, weights};
  }

  @ParameterizedTest
  @MethodSource("forms")
  void weightsAlone(WeightForm form, NumberType type, float... weights) {
    ModelProto model = Translation.model(Nets.tiny(form));
    assertThat(run(model, 1, 0))
        .containsExactly(new float[] {weights[0] + 0.5f, weights[2] - 1}, within());
    assertThat(run(model, 0, 1))
        .containsExactly(new float[] {weights[1] + 0.5f, weights[3] - 1}, within());
    assertThat(model.getGraph().getInitializerList())
        .anyMatch(constant -> constant.getDataType() == type.code() && constant.getDimsCount() > 1);
    assertThat(operators(model)).doesNotContain("DequantizeLinear");
    assertThat(model.getOpsetImport(0).getVersion()).isEqualTo(type.recent() ? 21 : 17);
  }
}
