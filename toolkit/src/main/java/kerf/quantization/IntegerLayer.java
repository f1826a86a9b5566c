package kerf.quantization;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import kerf.integer.FixedPoint;
import kerf.integer.FloatRescaling;
import kerf.integer.IntegerConvolution;
import kerf.integer.IntegerLinear;
import kerf.integer.Multiplier;
import kerf.integer.RawSums;
import kerf.integer.Rescaling;
import kerf.scheme.QuantParams;
import kerf.scheme.QuantizedTensor;
import kerf.scheme.Quantizer;
import kerf.tensor.Scope;
import kerf.trace.Convolution;
import kerf.trace.Linear;
import kerf.trace.Node;

/** A convolution or linear layer with integer weights and an input on a grid. */
final class IntegerLayer {
  private final Node node;
  private final Quantizer weights;
  private final int[] integers;
  private final float[] bias;
  private final QuantParams input;
  private final Optional<Quantizer> output;
  private final Bounds bounds;

  private IntegerLayer(QuantizedGraph form, Node node, Quantizer weights, Quantizer input) {
    this.node = node;
    this.weights = weights;
    this.input = input.params().get(0);
    this.output = form.outputOf(node);
    this.bounds = output.map(grid -> Bounds.of(form.graph(), node, grid)).orElse(Bounds.ALL);
    String weight = node.operator().weights().get(0);
    long[] shape = form.graph().parameter(weight).shape();
    QuantizedTensor tensor = weights.quantize(form.network().values(weight), shape);
    this.integers = tensor.integers();
    int each = integers.length / (int) shape[0];
    for (int i = 0; i < integers.length; i++) {
      integers[i] -= params(i / each).zeroPoint();
    }
    this.bias =
        Layers.bias(node.operator())
            .map(form.network()::values)
            .orElseGet(() -> new float[(int) shape[0]]);
  }

  /** The layer in integers; none if its weights or its input are floats, or its kernel not flat. */
  static Optional<IntegerLayer> of(QuantizedGraph form, Node node) {
    if (!Layers.multiplies(node.operator())) {
      return Optional.empty();
    }
    Quantizer weights = form.weights().get(node.operator().weights().get(0));
    boolean flat = !(node.operator() instanceof Convolution conv) || conv.kernel().dimension() == 2;
    return weights == null || !flat
        ? Optional.empty()
        : form.inputOf(node).map(input -> new IntegerLayer(form, node, weights, input));
  }

  /** The output: integers where it has a grid, else floats. */
  Flow apply(Flow.Integers x, Arithmetic arithmetic, Scope scope) {
    int[] y = sums(x, rescaling(arithmetic));
    long[] shape = Shapes.batched(x.batch(), node.shape());
    return output.isPresent()
        ? new Flow.Integers(y, shape, output.get())
        : new Flow.Floats(scope.tensor(floats(y), shape));
  }

  private int[] sums(Flow.Integers x, Rescaling rescaling) {
    if (node.operator() instanceof Linear linear) {
      int inputs = (int) linear.inputs();
      return new IntegerLinear(bias.length, inputs, integers, rescaling, input.zeroPoint())
          .apply(x.values(), x.values().length / inputs);
    }
    Convolution conv = (Convolution) node.operator();
    return new IntegerConvolution(
            bias.length,
            (int) conv.inputs() / conv.groups(),
            conv.groups(),
            Shapes.window(conv.kernel(), conv.stride(), conv.padding(), conv.dilation()),
            integers,
            rescaling,
            input.zeroPoint())
        .apply(x.images())
        .values();
  }

  private Rescaling rescaling(Arithmetic arithmetic) {
    if (output.isEmpty()) {
      return new RawSums(biases());
    }
    QuantParams to = output.get().params().get(0);
    if (arithmetic == Arithmetic.FLOAT_RESCALING) {
      float[] scales = new float[weights.params().size()];
      IntStream.range(0, scales.length).forEach(i -> scales[i] = params(i).scale());
      return new FloatRescaling(
          bias, input.scale(), scales, to.scale(), to.zeroPoint(), bounds.min(), bounds.max());
    }
    List<Multiplier> multipliers = new ArrayList<>();
    for (int channel = 0; channel < weights.params().size(); channel++) {
      multipliers.add(Multiplier.of(unit(channel) / to.scale()));
    }
    return new FixedPoint(biases(), multipliers, to.zeroPoint(), bounds.min(), bounds.max());
  }

  private int[] biases() {
    int[] units = new int[bias.length];
    for (int i = 0; i < units.length; i++) {
      units[i] = FixedPoint.bias(bias[i], input.scale(), params(i).scale());
    }
    return units;
  }

  /** Sums in the unit of the real numbers. */
  private float[] floats(int... sums) {
    Shape shape = node.shape();
    int span = node.operator() instanceof Linear ? 1 : (int) (shape.size() / shape.get(0));
    float[] floats = new float[sums.length];
    for (int i = 0; i < sums.length; i++) {
      floats[i] = (float) (sums[i] * unit(i / span % bias.length));
    }
    return floats;
  }

  private QuantParams params(int channel) {
    return weights.params().get(weights.params().size() == 1 ? 0 : channel);
  }

  private double unit(int channel) {
    return (double) input.scale() * params(channel).scale();
  }
}
