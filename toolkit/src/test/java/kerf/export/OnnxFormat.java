package kerf.export;

import static kerf.model.SmallNets.conv;
import static kerf.model.SmallNets.fc;
import static kerf.model.SmallNets.random;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import ai.djl.nn.recurrent.LSTM;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kerf.fuzz.Format;
import kerf.fuzz.OnnxEdits;
import kerf.model.CharLstm;
import kerf.model.Network;
import kerf.model.SmallNets;
import kerf.quantization.Quantization;
import kerf.quantization.QuantizedGraph;
import kerf.random.RandomStream;
import kerf.scheme.FloatFormat;
import kerf.scheme.IntegerFormat;
import kerf.scheme.NumberFormat;
import kerf.scheme.PaletteFormat;
import kerf.storage.UnreadableFileException;

/** ONNX files without a digest, every form that is written: read, and run on two inputs. */
public final class OnnxFormat implements Format {
  private static final Path PATH = Path.of("net.onnx");

  private static final List<ModelProto> FORMS = made();

  private static final List<byte[]> VALID = FORMS.stream().map(ModelProto::toByteArray).toList();

  /** The format. */
  public static Format format() {
    return new OnnxFormat();
  }

  /** Models of every form and every operator. */
  static List<ModelProto> forms() {
    return FORMS;
  }

  private static List<ModelProto> made() {
    Quantization plan = Quantization.plan();
    return List.of(
        Translation.model(Export.form(operators())),
        Translation.model(Export.form(sequences())),
        Translation.model(integers(plan, residual(), IntegerFormat.unsigned(8))),
        Translation.model(plan.int8().dynamic().quantize(linear()).form()),
        Translation.model(Nets.dynamicSequences()),
        Translation.model(weights(plan, new PaletteFormat(2))),
        Translation.model(weights(plan, IntegerFormat.signed(4).perGroup(8))),
        Translation.model(Export.form(new CharLstm(5).length(4).characters(7).initialize(1))),
        Translation.model(integers(plan, Nets.plain(), IntegerFormat.signed(16))),
        Translation.model(integers(plan.bits(4), Nets.plain(), IntegerFormat.unsigned(4))),
        Translation.model(weights(plan, FloatFormat.BF16)),
        Translation.model(weights(plan, FloatFormat.FP16)),
        Translation.model(Export.form(activations())));
  }

  private static QuantizedGraph integers(
      Quantization plan, Network network, IntegerFormat activations) {
    float[] batch = RandomStream.of(3, "batch").gaussians(4 * 4 * 36, 1);
    return plan.ends()
        .activations(activations)
        .prepare(network)
        .calibrate(List.of(batch), 4, 6, 6)
        .convert()
        .form();
  }

  private static QuantizedGraph weights(Quantization plan, NumberFormat format) {
    return plan.weightOnly().weights(format).quantize(Nets.plain()).form();
  }

  private static Network linear() {
    SequentialBlock block = new SequentialBlock().add(fc(6)).addSingleton(Activation::relu);
    return random(block.add(fc(3)), 5);
  }

  private static Network residual() {
    SequentialBlock block =
        new SequentialBlock()
            .add(conv(4, 3, 1, 1))
            .addSingleton(x -> x.add(Activation.relu(x)))
            .add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)))
            .add(conv(4, 3, 1, 2))
            .addSingleton(x -> x.concat(Activation.relu(x), 1))
            .add(Pool.globalAvgPool2dBlock())
            .add(fc(3));
    return random(block, 4, 6, 6);
  }

  private static Network operators() {
    SequentialBlock block =
        new SequentialBlock()
            .add(conv(4, 3, 1, 2))
            .addSingleton(Activation::relu6)
            .addSingleton(
                x ->
                    Pool.avgPool2d(
                        x, new Shape(2, 2), new Shape(1, 1), new Shape(0, 0), false, true))
            .add(BatchNorm.builder().build())
            .addSingleton(x -> x.mul(Activation.sigmoid(x)))
            .addSingleton(x -> x.transpose(0, 2, 3, 1))
            .addSingleton(x -> x.get(":, :, -1"))
            .addSingleton(x -> x.softmax(-1))
            .add(Blocks.batchFlattenBlock())
            .add(fc(3));
    return random(block, 2, 6, 6);
  }

  private static Network activations() {
    SequentialBlock block = new SequentialBlock().add(fc(4));
    SmallNets.activations().forEach(lambda -> block.addSingleton((NDArray x) -> lambda.apply(x)));
    return random(block.add(fc(3)), 5);
  }

  private static Network sequences() {
    LSTM lstm =
        LSTM.builder()
            .setStateSize(3)
            .setNumLayers(2)
            .optBidirectional(true)
            .optHasBiases(false)
            .build();
    return random(new SequentialBlock().add(lstm).add(fc(3)), 4, 5);
  }

  @Override
  public String name() {
    return "onnx";
  }

  @Override
  public String suffix() {
    return ".onnx";
  }

  @Override
  public byte[] valid(long seed) {
    return VALID.get((int) (seed % VALID.size()));
  }

  @Override
  public Object read(Path file) {
    OnnxFile onnx = OnnxFile.read(file);
    int numbers = Math.toIntExact(2 * OnnxReader.volume(onnx.model()));
    return FloatBuffer.wrap(onnx.outputs(RandomStream.of(7, "inputs").uniforms(numbers, 0, 2)));
  }

  @Override
  public Class<? extends RuntimeException> refusal() {
    return UnreadableFileException.class;
  }

  /** Every other edit gives the output the shape that follows from it. */
  @Override
  public Optional<Edited> edit(byte[] bytes, RandomStream random) {
    Optional<Edited> edited = OnnxEdits.edit(bytes, random);
    return random.nextInt(2) == 0 ? edited : edited.map(OnnxFormat::repaired);
  }

  private static Edited repaired(Edited edited) {
    try {
      ModelProto.Builder model = ModelProto.parseFrom(edited.bytes()).toBuilder();
      Map<String, GraphValue> values = OnnxReader.values(PATH, model.build());
      GraphValue output = values.get(model.getGraph().getOutput(0).getName());
      if (output == null) {
        return edited;
      }
      TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
      for (Extent axis : output.shape()) {
        if (axis.batch()) {
          shape.addDimBuilder().setDimParam(axis.toString());
        } else {
          shape.addDimBuilder().setDimValue(axis.size());
        }
      }
      model
          .getGraphBuilder()
          .getOutputBuilder(0)
          .getTypeBuilder()
          .getTensorTypeBuilder()
          .setShape(shape);
      return new Edited(edited.what(), model.build().toByteArray(), edited.resealed());
    } catch (InvalidProtocolBufferException | UnreadableFileException e) {
      return edited;
    }
  }

  @Override
  public String toString() {
    return name();
  }
}
